# Skærmens tekster.
