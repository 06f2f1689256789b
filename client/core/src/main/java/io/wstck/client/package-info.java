/**
 * The WebSocket client's Java API: connect by URL and options, send, ping, close, receive (RFC 6455).
 */
package io.wstck.client;
