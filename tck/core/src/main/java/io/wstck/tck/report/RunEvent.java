package io.wstck.tck.report;

/** One line of the events file; see {@link EventsWriter} for their order. */
public sealed interface RunEvent permits RunStarted, CaseFinished, RunFinished {}
