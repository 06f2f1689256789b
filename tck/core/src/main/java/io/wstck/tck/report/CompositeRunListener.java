package io.wstck.tck.report;

import io.wstck.tck.run.CaseResult;
import io.wstck.tck.run.RunInfo;
import io.wstck.tck.run.RunListener;
import io.wstck.tck.run.RunSummary;
import java.util.List;

/** Passes the events of a run to several listeners, in order. An exception of a listener goes to the run. */
public final class CompositeRunListener implements RunListener {
    private final List<RunListener> listeners;

    public CompositeRunListener(List<? extends RunListener> listeners) {
        this.listeners = List.copyOf(listeners);
    }

    @Override
    public void started(RunInfo info) {
        listeners.forEach(listener -> listener.started(info));
    }

    @Override
    public void finished(CaseResult result) {
        listeners.forEach(listener -> listener.finished(result));
    }

    @Override
    public void ended(RunSummary summary) {
        listeners.forEach(listener -> listener.ended(summary));
    }
}
