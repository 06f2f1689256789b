/** The other side of the agent protocol: the program that a client on the JVM is an agent in. */
package io.wstck.tck.agent;
