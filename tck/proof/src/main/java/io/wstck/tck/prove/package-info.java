/** Proves the kit itself: adds faults to the bundled client and checks that the cases notice each of them. */
package io.wstck.tck.prove;
