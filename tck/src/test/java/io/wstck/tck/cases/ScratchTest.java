package io.wstck.tck.cases;
import io.wstck.tck.catalogue.*;
import org.junit.jupiter.api.Test;
class ScratchTest {
  @Test void loads() throws Exception {
    long t=System.nanoTime();
    Catalogue c = Catalogue.load();
    long u=System.nanoTime();
    var cc = CaseCatalogue.load(c, CaseSource.shipped());
    System.out.println("clauses " + c.clauses().size() + " in " + (u-t)/1e6 + " cases " + cc.cases().size() + " in " + (System.nanoTime()-u)/1e6);
    cc.cases().stream().limit(5).forEach(x -> System.out.println(x.id() + " " + x.position()));
  }
}
