/**
 * permessage-deflate for a judge (RFC 7692): negotiates as told, inflates and says precisely what is wrong, and compresses in
 * every legal shape and to any window.
 */
package io.wstck.server.wire.deflate;
