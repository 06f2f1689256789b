package io.wstck.tck.cases;

/**
 * A place in a case file.
 *
 * @param file path below the folder of the cases, for example {@code api/close.lua}
 * @param line from 1; 0 when unknown
 */
public record Position(String file, int line) {

    @Override
    public String toString() {
        return line > 0 ? file + ":" + line : file;
    }
}
