package io.wstck.tck.autobahn;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

/**
 * Plays cases at the same time, each on a virtual thread. Cases that keep a processor busy run at most one per
 * processor.
 */
public final class ConcurrentCases {
    private static final int LIMITS = 9;
    private static final int COMPRESSION = 12;

    private ConcurrentCases() {}

    /** Plays one case to its end. */
    @FunctionalInterface
    public interface CaseTask {
        /** An interrupt means that the run ends. */
        void play(AutobahnCase testCase) throws InterruptedException;
    }

    /**
     * Plays all cases, and returns when they have ended.
     *
     * @param jobs the number of light cases that run at the same time, at least 1
     * @throws InterruptedException if this thread was interrupted; the threads of the cases are then interrupted too
     * @throws IllegalStateException if a task failed with an exception
     */
    public static void play(List<AutobahnCase> cases, int jobs, CaseTask task) throws InterruptedException {
        Semaphore light = new Semaphore(jobs);
        Semaphore heavy = new Semaphore(Math.min(jobs, Runtime.getRuntime().availableProcessors()));
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> running = new ArrayList<>();
            for (AutobahnCase testCase : heaviestFirst(cases)) {
                Semaphore slots = isHeavy(testCase) ? heavy : light;
                running.add(threads.submit(() -> {
                    slots.acquire();
                    try {
                        task.play(testCase);
                    } finally {
                        slots.release();
                    }
                    return null;
                }));
            }
            awaitAll(running, threads);
        }
    }

    private static void awaitAll(List<Future<?>> running, ExecutorService threads) throws InterruptedException {
        try {
            for (Future<?> future : running) {
                future.get();
            }
        } catch (ExecutionException defect) {
            threads.shutdownNow();
            throw new IllegalStateException("a case could not be played: " + defect.getCause(), defect.getCause());
        } catch (InterruptedException interrupted) {
            threads.shutdownNow();
            throw interrupted;
        }
    }

    /** The cases with the heaviest first, so that none of them runs alone at the end. */
    public static List<AutobahnCase> heaviestFirst(List<AutobahnCase> cases) {
        Comparator<AutobahnCase> byWeight = Comparator.comparingInt(ConcurrentCases::weight);
        return cases.stream().sorted(byWeight.reversed()).toList();
    }

    /** The last number of a heavy case: in its section, cases with higher numbers mostly send more. */
    private static int weight(AutobahnCase testCase) {
        return isHeavy(testCase) ? testCase.id().numbers().getLast() : 0;
    }

    /** Whether the case keeps a processor busy. */
    private static boolean isHeavy(AutobahnCase testCase) {
        int section = testCase.id().numbers().getFirst();
        return section == LIMITS || (section >= COMPRESSION && section < CaseId.BEYOND);
    }
}
