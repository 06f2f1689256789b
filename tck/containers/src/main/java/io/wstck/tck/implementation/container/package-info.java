/** Agents in containers. Testcontainers starts them from images that this machine has (docs/containers.md). */
package io.wstck.tck.implementation.container;
