/** Measures clients and servers beside each other: rounds that take turns, each client in a JVM of its own. */
package io.wstck.benchmarks;
