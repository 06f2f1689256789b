/** The agent side of the protocol: a program that runs a client on the JVM as an agent. */
package io.wstck.tck.agent;
