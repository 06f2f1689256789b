/** Texts and files made from a seed, each about as large and as compressible as one of a kind that is sent in practice. */
package io.wstck.tck.autobahn.payload;
