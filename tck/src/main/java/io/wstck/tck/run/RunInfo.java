package io.wstck.tck.run;

import io.wstck.tck.catalogue.Profile;
import io.wstck.tck.implementation.Description;

/**
 * What a run is, known before its first case.
 *
 * @param kit version of the kit
 * @param platform operating system, processor and Java, as one phrase
 * @param cases how many case results the run will have, repetitions included
 */
public record RunInfo(
        String kit,
        Description implementation,
        Profile profile,
        String platform,
        long seed,
        int jobs,
        int cases,
        int repetitions) {}
