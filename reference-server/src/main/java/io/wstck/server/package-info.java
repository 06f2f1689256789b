/** The reference server: its ports, its HTTP API and the sessions of clients under test. */
package io.wstck.server;
