package io.wstck.tck.cases;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Tests where the text of a case ends. */
class CaseExcerptTest {
    @Test
    void aCaseEndsWhereItsBraceIsClosed() {
        String source = """
                -- head
                case "a" {
                  client = function(t)
                    if t then return { 1 } end
                  end,
                }

                case "b" {}
                """;

        assertThat(CaseExcerpt.of(source, 2)).last().isEqualTo("}");
        assertThat(CaseExcerpt.of(source, 2)).hasSize(5);
        assertThat(CaseExcerpt.of(source, 8)).containsExactly("case \"b\" {}");
    }

    @Test
    void bracketsAndWordsInStringsAndCommentsAreIgnored() {
        String source = """
                case "a" {  -- } not here
                  title = "} end \\" }",
                  other = '}',
                  long = [==[
                    } ]] end
                  ]==],
                  --[[ }
                  } ]]
                }
                after()
                """;

        assertThat(CaseExcerpt.of(source, 1)).hasSize(9).last().isEqualTo("}");
    }

    @Test
    void theExcerptOfAHelperCallIsTheWholeCall() {
        String source = """
                closes("a", "b",
                  { code = 1000 }, function(client)
                    for i = 1, 2 do client:close() end
                  end)
                after()
                """;

        assertThat(CaseExcerpt.of(source, 1)).hasSize(4);
    }

    @Test
    void aLineOutsideTheFileHasNoText() {
        assertThat(CaseExcerpt.of("a()\n", 0)).isEmpty();
        assertThat(CaseExcerpt.of("a()\n", 2)).isEmpty();
    }

    @Test
    void aTextThatNeverClosesIsCut() {
        assertThat(CaseExcerpt.of("case {\n".repeat(1000), 1)).hasSize(120);
    }
}
