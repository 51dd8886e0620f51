using System.Globalization;
using Carillon.Node.Hocon.Resolution;
using Carillon.Node.Hocon.Syntax;

namespace Carillon.Node.Hocon;

/// <summary>
/// A configuration read from HOCON (https://github.com/lightbend/config/blob/main/HOCON.md), with includes merged and
/// substitutions resolved.
/// </summary>
/// <remarks>
/// Not supported, each with a clear error: a list as root, and includes of URLs, class paths and properties files. One
/// file may have 1 MiB, values may nest 64 levels deep and includes 16. docs/hocon.md goes through the specification.
/// </remarks>
public sealed class HoconDocument
{
    private HoconDocument(HoconObject root) => Root = root;

    /// <summary>The root object.</summary>
    public HoconObject Root { get; }

    /// <summary>Reads a file and what it includes.</summary>
    /// <param name="path">The file. Messages name it as given here; includes are relative to its directory.</param>
    /// <param name="environment">
    /// Looks up substitutions that the document does not define; null when unknown.
    /// <see cref="Environment.GetEnvironmentVariable(string)"/> fits.
    /// </param>
    /// <exception cref="HoconException">The file is missing, unreadable, not HOCON or too large.</exception>
    public static HoconDocument Load(string path, Func<string, string?> environment) =>
        new(HoconResolver.Resolve(new HoconReader().ReadRoot(path), environment));

    /// <summary>Reads a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="origin">What messages call it, in place of a file name.</param>
    /// <param name="environment">As in <see cref="Load"/>; null for an empty environment.</param>
    /// <param name="includeDirectory">What includes are relative to; null when the text may not include.</param>
    /// <exception cref="HoconException">The text is not HOCON or too large.</exception>
    public static HoconDocument Parse(
        string text,
        string origin,
        Func<string, string?>? environment = null,
        string? includeDirectory = null)
    {
        var root = new HoconReader().ReadText(text, origin, includeDirectory);
        return new HoconDocument(HoconResolver.Resolve(root, environment ?? (_ => null)));
    }

    /// <summary>The value at a path such as <c>a.b."c.d"</c>; null when there is none.</summary>
    /// <exception cref="HoconException">The path is malformed.</exception>
    public HoconValue? Find(string path)
    {
        HoconValue? value = Root;
        foreach (var key in HoconParser.ParsePath(path).Keys)
        {
            value = (value as HoconObject)?.Fields.GetValueOrDefault(key);
        }

        return value;
    }

    /// <summary>
    /// All strings, numbers, booleans and nulls in document order, with path, text and origin. List elements are
    /// numbered from 0 (<c>jobs.0.id</c>). Empty objects and lists have no leaves.
    /// </summary>
    public IEnumerable<(string Path, string? Value, HoconOrigin Origin)> Leaves() => Leaves(Root, HoconPath.Root);

    private static IEnumerable<(string Path, string? Value, HoconOrigin Origin)> Leaves(
        HoconValue value, HoconPath path) => value switch
        {
            HoconScalar scalar => [(path.ToString(), scalar.Value, scalar.Origin)],
            HoconArray array => array.Items.SelectMany(
                (item, i) => Leaves(item, path.Append(i.ToString(CultureInfo.InvariantCulture)))),
            _ => ((HoconObject)value).Fields.SelectMany(field => Leaves(field.Value, path.Append(field.Key))),
        };
}
