package emr.faces.page;

import jakarta.faces.component.NamingContainer;
import jakarta.faces.component.UIComponent;
import jakarta.faces.component.UINamingContainer;
import jakarta.faces.component.UniqueIdVendor;
import jakarta.faces.context.FacesContext;
import org.jspecify.annotations.Nullable;

/**
 * A part of a page that does not change the ids of what stands in it, so that a control is called
 * on the page what it is called in the source, inside a card or not.
 */
public class PagePart extends UINamingContainer {

  @Override
  public @Nullable String getContainerClientId(FacesContext context) {
    for (UIComponent parent = getParent(); parent != null; parent = parent.getParent()) {
      if (parent instanceof NamingContainer) {
        return parent.getContainerClientId(context);
      }
    }
    return null;
  }

  /** Ids are then shared with what stands around, so they come from there too. */
  @Override
  public String createUniqueId(FacesContext context, @Nullable String seed) {
    for (UIComponent parent = getParent(); parent != null; parent = parent.getParent()) {
      if (parent instanceof UniqueIdVendor vendor) {
        return vendor.createUniqueId(context, seed);
      }
    }
    return context.getViewRoot().createUniqueId(context, seed);
  }
}
