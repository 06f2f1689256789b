package io.wstck.tck.run;

/** Hears of a run as it goes. Called by one thread at a time, in order: started, finished…, ended. */
public interface RunListener {

    void started(RunInfo info);

    void finished(CaseResult result);

    void ended(RunSummary summary);
}
