package io.wstck.tck.run;

/** Receives the events of a run. Called by one thread at a time, in order: started, finished for each result, ended. */
public interface RunListener {

    void started(RunInfo info);

    void finished(CaseResult result);

    void ended(RunSummary summary);
}
