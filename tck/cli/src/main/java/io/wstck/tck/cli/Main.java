package io.wstck.tck.cli;

import io.wstck.server.ServerLogging;

/** Starts the command line. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        ServerLogging.silence();
        System.exit(CommandLineTool.run(CliEnvironment.ofProcess(), arguments));
    }
}
