package io.wstck.tck.autobahn;

/** What makes the verdict of a case. */
public record CaseRules() {}
