package dev.naru.app.command;

import picocli.CommandLine.Command;

/// Rehearsals of an opening.
@Command(
    name = "rehearse",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = CompareCommand.class,
    description = "Knows before the opening what will happen.")
final class RehearseCommand {}
