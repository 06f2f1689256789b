/** Runs every case as a JUnit test. The user's build provides JUnit Jupiter; the runnable jar does not have it. */
package io.wstck.tck.junit;
