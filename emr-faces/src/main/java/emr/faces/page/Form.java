package emr.faces.page;

import jakarta.faces.component.html.HtmlForm;
import jakarta.faces.context.FacesContext;
import jakarta.faces.context.ResponseWriter;
import java.io.IOException;
import org.primefaces.context.PrimeFacesContext;

/**
 * Every form carries the page's nonce. PrimeFaces asks for it and otherwise adds it by script,
 * which would shut out pages without its script, and browsers without any.
 */
public class Form extends HtmlForm {

  private static final String NONCE = "primefaces.nonce";

  @Override
  public void encodeEnd(FacesContext context) throws IOException {
    if (isRendered()) {
      ResponseWriter writer = context.getResponseWriter();
      writer.startElement("input", null);
      writer.writeAttribute("type", "hidden", null);
      writer.writeAttribute("name", NONCE, null);
      writer.writeAttribute("value", PrimeFacesContext.getCspState(context).getNonce(), null);
      writer.endElement("input");
    }
    super.encodeEnd(context);
  }
}
