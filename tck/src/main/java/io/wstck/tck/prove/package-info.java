/** Proof of the kit itself: kept faults as decorators around the bundled implementation, and whether a case notices each. */
package io.wstck.tck.prove;
