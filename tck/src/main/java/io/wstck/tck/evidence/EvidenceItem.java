package io.wstck.tck.evidence;

import io.wstck.tck.judge.Verdict;
import io.wstck.tck.run.CaseRecord;

/**
 * What is kept of one case.
 *
 * @param repetition from 1
 * @param caseHash SHA-256 of the text of the case's file, in lower-case hex
 * @param verdict what it was judged, before the list of known deviations
 */
public record EvidenceItem(String id, int repetition, String caseHash, Verdict verdict, CaseRecord left) {}
