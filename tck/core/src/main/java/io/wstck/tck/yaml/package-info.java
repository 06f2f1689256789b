/** YAML files that users write: their nodes, and what messages say about a place in them. */
package io.wstck.tck.yaml;
