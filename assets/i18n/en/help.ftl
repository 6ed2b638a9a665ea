# The English of --help, man pages and completions stands in the doc comments of src/cli/args.rs. Other languages have theirs here.
