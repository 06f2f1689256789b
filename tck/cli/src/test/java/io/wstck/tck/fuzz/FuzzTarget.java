package io.wstck.tck.fuzz;

/** Code that must handle any input. One thread uses an instance for many inputs. */
@FunctionalInterface
public interface FuzzTarget {
    /**
     * Plays one input. Returns if the outcome is documented; any exception is a finding.
     *
     * @param input any bytes; the target may keep and change them
     */
    void play(byte[] input) throws Exception;
}
