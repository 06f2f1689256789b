/** Every case as a JUnit test; needs JUnit Jupiter from whoever uses it, the runnable jar does not bring it. */
package io.wstck.tck.junit;
