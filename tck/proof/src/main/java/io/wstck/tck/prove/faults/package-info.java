/** The faults that {@code wstck prove} plays, one class per subject. */
package io.wstck.tck.prove.faults;
