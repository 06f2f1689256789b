package io.wstck.tck.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

/** The POM files have the fields that Maven Central asks for. The release profile refuses to build without a home. */
class ReleasePomTest {
    private static final Path ROOT = Path.of("..", "..");

    private static Document pom(String folder) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(ROOT.resolve(folder).resolve("pom.xml").toFile());
    }

    private static List<String> texts(Document pom, String path) throws Exception {
        NodeList nodes = (NodeList) XPathFactory.newInstance().newXPath().evaluate(path, pom, XPathConstants.NODESET);
        return IntStream.range(0, nodes.getLength())
                .mapToObj(nodes::item)
                .map(node -> node.getTextContent().strip())
                .toList();
    }

    @Test
    void theParentHasTheFieldsThatAllModulesShare() throws Exception {
        Document parent = pom("");

        assertThat(texts(parent, "/project/url")).containsExactly("${wstck.home}");
        assertThat(texts(parent, "/project/licenses/license/name")).containsExactly("Apache-2.0");
        assertThat(texts(parent, "/project/developers/developer/name")).isNotEmpty();
        assertThat(texts(parent, "/project/scm/connection")).containsExactly("scm:git:${wstck.home}.git");
        assertThat(texts(parent, "/project/scm/developerConnection")).containsExactly("scm:git:${wstck.home}.git");
        assertThat(texts(parent, "/project/scm/url")).containsExactly("${wstck.home}");
    }

    @Test
    void aModuleDoesNotAppendItsNameToTheAddress() throws Exception {
        Document parent = pom("");

        assertThat(texts(parent, "/project/@*[name()='child.project.url.inherit.append.path']"))
                .containsExactly("false");
        assertThat(texts(parent, "/project/scm/@*")).containsExactly("false", "false", "false");
    }

    @Test
    void eachModuleHasANameAndADescriptionOfItsOwn() throws Exception {
        for (String module : texts(pom(""), "/project/modules/module")) {
            assertThat(texts(pom(module), "/project/name")).as(module).hasSize(1);
            assertThat(texts(pom(module), "/project/description")).as(module).hasSize(1);
        }
    }

    @Test
    void theReleaseProfileRequiresTheAddressOfTheProject() throws Exception {
        Document parent = pom("");
        String rule = "/project/profiles/profile[id='release']//requireProperty";

        assertThat(texts(parent, rule + "/property")).containsExactly("wstck.home");
        assertThat(texts(parent, rule + "/message")).isEqualTo(texts(parent, rule + "/regexMessage"));
        String address = texts(parent, rule + "/regex").getFirst();
        assertThat("https://example.org/owner/wstck").matches(address);
        assertThat(List.of("", "https://", "http://example.org/wstck", "https://example.org/wstck/"))
                .noneMatch(text -> text.matches(address));
    }

    @Test
    void theAddressIsOneProperty() throws Exception {
        List<String> homes = texts(pom(""), "/project/properties/wstck.home");

        assertThat(homes).hasSize(1);
        assertThat(homes.getFirst()).matches("|https://\\S*[^\\s/]");
    }
}
