/**
 * Sample payloads that are generated from a seed, each about as large and as compressible as real data of its kind.
 */
package io.wstck.tck.autobahn.payload;
