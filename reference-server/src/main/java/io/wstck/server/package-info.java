/** The reference server: starts, opens sessions for clients under test, and lets go of everything it holds. */
package io.wstck.server;
