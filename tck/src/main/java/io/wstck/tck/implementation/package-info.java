/** What is judged: the one interface that every implementation is reached through, and the bundled one. */
package io.wstck.tck.implementation;
