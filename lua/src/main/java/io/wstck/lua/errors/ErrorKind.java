package io.wstck.lua.errors;

/** What went wrong, in general. The names are what scripts see. */
public enum ErrorKind {
    UNKNOWN,
    INVALID,
    NOT_FOUND,
    ALREADY_EXISTS,
    PERMISSION_DENIED,
    UNAVAILABLE,
    INTERNAL,
    CANCELED,
    CONFLICT,
    TIMEOUT,
    RATE_LIMITED
}
