package emr.tour;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/**
 * Makes a picture of a page small: its commonest colours are kept as far as they differ, and every
 * other becomes the nearest of them. Pages have few colours, and the edges of letters many.
 */
final class Palette {

  private static final int COLOURS = 160;

  /** Of squares of red, green and blue: what lies nearer is one colour. */
  private static final int ALIKE = 40;

  private final int[] kept;
  private final Map<Integer, Integer> nearest = new HashMap<>();

  private Palette(BufferedImage picture) {
    var counts = new HashMap<Integer, Integer>();
    for (int pixel : pixels(picture)) {
      counts.merge(pixel, 1, Integer::sum);
    }
    kept = new int[Math.min(COLOURS, counts.size())];
    int number = 0;
    for (int colour : commonest(counts)) {
      if (number < kept.length && isNew(colour, number)) {
        kept[number++] = colour;
      }
    }
    Arrays.fill(kept, number, kept.length, kept[0]);
  }

  private static int[] commonest(Map<Integer, Integer> counts) {
    return counts.entrySet().stream()
        .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
        .mapToInt(Map.Entry::getKey)
        .toArray();
  }

  private boolean isNew(int colour, int number) {
    return Arrays.stream(kept, 0, number).noneMatch(one -> distance(one, colour) < ALIKE);
  }

  /** Writes the PNG {@code screenshot} to {@code file} with few colours. */
  static void write(byte[] screenshot, Path file) {
    try {
      BufferedImage picture = ImageIO.read(new ByteArrayInputStream(screenshot));
      save(new Palette(picture).applied(picture), file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int[] pixels(BufferedImage picture) {
    int[] pixels =
        picture.getRGB(0, 0, picture.getWidth(), picture.getHeight(), null, 0, picture.getWidth());
    return Arrays.stream(pixels).map(pixel -> pixel & 0xffffff).toArray();
  }

  private BufferedImage applied(BufferedImage picture) {
    var colours = new IndexColorModel(8, kept.length, kept, 0, false, -1, 0);
    var small =
        new BufferedImage(
            picture.getWidth(), picture.getHeight(), BufferedImage.TYPE_BYTE_INDEXED, colours);
    int[] indices = Arrays.stream(pixels(picture)).map(this::index).toArray();
    small.getRaster().setPixels(0, 0, picture.getWidth(), picture.getHeight(), indices);
    return small;
  }

  private int index(int pixel) {
    return nearest.computeIfAbsent(pixel, this::find);
  }

  private int find(int pixel) {
    int best = 0;
    for (int i = 1; i < kept.length; i++) {
      if (distance(kept[i], pixel) < distance(kept[best], pixel)) {
        best = i;
      }
    }
    return best;
  }

  private static int distance(int one, int other) {
    int red = (one >> 16 & 255) - (other >> 16 & 255);
    int green = (one >> 8 & 255) - (other >> 8 & 255);
    int blue = (one & 255) - (other & 255);
    return red * red + green * green + blue * blue;
  }

  private static void save(BufferedImage picture, Path file) throws IOException {
    ImageWriter png = ImageIO.getImageWritersByFormatName("png").next();
    ImageWriteParam how = png.getDefaultWriteParam();
    how.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
    how.setCompressionQuality(0);
    Files.deleteIfExists(file);
    try (ImageOutputStream out = ImageIO.createImageOutputStream(file.toFile())) {
      png.setOutput(out);
      png.write(null, new IIOImage(picture, null, null), how);
    } finally {
      png.dispose();
    }
  }
}
