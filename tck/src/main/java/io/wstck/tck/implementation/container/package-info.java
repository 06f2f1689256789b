/** Agents in containers, started through Testcontainers from images that this machine has (docs/containers.md). */
package io.wstck.tck.implementation.container;
