/** The entry of the runnable jar. Its classes are compiled for Java 8. */
package io.wstck.launch;
