package io.wstck.server.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests reading entries from their JSON form. The tests of the server do that for every kind of entry. */
class JournalParserTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'seq':1,'nanos':2,'type':'frame','server':'main','connection':1,'direction':'in','fin':false,'rsv':4,"
                        + "'opcode':11,'mask':'ff00ff00','length':18446744073709551615,'length_form':64,'text':'x'}",
                "{'seq':1,'nanos':2,'type':'message','server':'main','connection':1,'direction':'out','message_type':'binary',"
                        + "'length':5000,'fragments':2,'sha256':'00ff','head':'AAE=','compressed':true,'wire_length':9,"
                        + "'alone':false}",
                "{'seq':1,'nanos':2,'type':'bytes','server':'main','connection':1,'direction':'in','length':1,'data':'/w=='}",
                "{'seq':1,'nanos':2,'type':'tls','server':'main','connection':1,'outcome':'failed','version':null,"
                        + "'cipher':null,'server_name':'localhost','detail':'no'}",
                "{'seq':1,'nanos':2,'type':'step','server':'main','connection':1,'stage':'tcp','index':3,"
                        + "'op':'expect-request','outcome':'missed','expected':'a','actual':'b','overdue':true}",
                "{'seq':1,'nanos':2,'type':'server-ended','server':'main','connection':1,'how':'rst',"
                        + "'cause':'other-step-not-met'}",
                "{'seq':1,'nanos':2,'type':'unread','server':'main','connection':1,'length':7,'detail':'why'}",
                "{'seq':1,'nanos':2,'type':'script-ended'}",
            })
    void anEntryReadBackIsWrittenTheSame(String quoted) throws Exception {
        String json = quoted.replace('\'', '"');

        assertThat(JournalJson.toJson(entry(json)).toString()).isEqualTo(json);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'type':'jump'}",
                "{}",
                "{'type':'frame','direction':'up'}",
                "{'type':'frame','direction':'in','opcode':16}",
                "{'type':'step','op':'dance','outcome':'met'}",
                "{'type':'violation','rule':'rudeness'}",
                "{'type':'client-ended'}",
                "{'type':'bytes','direction':'in','data':'?'}",
            })
    void invalidEntriesAreRefused(String quoted) {
        assertThatThrownBy(() -> entry(quoted.replace('\'', '"'))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theErrorNamesTheEntryTheFieldAndTheExpectedValue() {
        assertThatThrownBy(() -> entry("{\"seq\":7,\"type\":\"client-ended\",\"how\":\"jump\"}"))
                .hasMessage("entry 7 of the journal: how: expected one of [fin, rst, ended], found \"jump\"");
    }

    private static JournalEntry entry(String json) throws Exception {
        return JournalParser.entry(new JsonMapper().readTree(json));
    }
}
