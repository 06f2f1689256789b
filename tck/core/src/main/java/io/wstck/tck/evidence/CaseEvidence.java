package io.wstck.tck.evidence;

import io.wstck.tck.judge.Verdict;
import io.wstck.tck.run.CaseRecord;

/**
 * The verdict of one case and the record that it was judged by, as an evidence file keeps them.
 *
 * @param repetition from 1
 * @param caseHash SHA-256 of the text of the case's file, in lower-case hex
 * @param verdict the verdict without the list of known deviations
 */
public record CaseEvidence(String id, int repetition, String caseHash, Verdict verdict, CaseRecord caseRecord) {}
