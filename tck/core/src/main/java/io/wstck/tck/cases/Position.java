package io.wstck.tck.cases;

/**
 * A position in a case file.
 *
 * @param file path relative to the folder of the cases, for example {@code api/close.lua}
 * @param line from 1; 0 if unknown
 */
public record Position(String file, int line) {

    @Override
    public String toString() {
        return line > 0 ? file + ":" + line : file;
    }
}
