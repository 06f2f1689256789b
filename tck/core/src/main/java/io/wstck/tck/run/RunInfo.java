package io.wstck.tck.run;

import io.wstck.tck.catalogue.Profile;
import io.wstck.tck.implementation.Description;

/**
 * The facts about a run that are known before its first case.
 *
 * @param kit version of the kit
 * @param platform operating system, processors and Java version, as one phrase
 * @param cases number of case results that the run will have, including repetitions
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
