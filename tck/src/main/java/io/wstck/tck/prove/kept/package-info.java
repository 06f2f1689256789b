/** The kept faults themselves, by what they break. */
package io.wstck.tck.prove.kept;
