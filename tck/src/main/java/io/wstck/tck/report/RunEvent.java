package io.wstck.tck.report;

/** One line of the events file; see {@link EventsWriter} for the order they come in. */
public sealed interface RunEvent permits RunStarted, CaseFinished, RunFinished {}
