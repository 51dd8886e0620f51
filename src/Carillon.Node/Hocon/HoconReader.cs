using System.Text;
using Carillon.Node.Hocon.Syntax;

namespace Carillon.Node.Hocon;

/// <summary>Reads the files of one document and follows their includes.</summary>
internal sealed class HoconReader
{
    private static readonly UTF8Encoding StrictUtf8 =
        new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    // Full paths of the files that include each other, the root file first.
    private readonly List<string> _open = [];
    private int _files;

    /// <summary>Reads the root file.</summary>
    public ObjectNode ReadRoot(string path) =>
        Read(path, path, HoconPath.Root, nesting: 0, HoconOrigin.Of(path))
        ?? throw new HoconException(HoconOrigin.Of(path), "the file does not exist");

    /// <summary>Reads a text whose includes are relative to <paramref name="directory"/>, if there is one.</summary>
    public ObjectNode ReadText(string text, string origin, string? directory)
    {
        if (Encoding.UTF8.GetByteCount(text) > HoconLimits.FileBytes)
        {
            throw TooLong(HoconOrigin.Of(origin));
        }

        return HoconParser.Parse(text, new HoconScope(origin, directory, HoconPath.Root, 0), Include);
    }

    private static HoconException TooLong(HoconOrigin origin) =>
        new(origin, $"the text is longer than {HoconLimits.FileBytes} bytes");

    private ObjectNode? Include(IncludeStatement statement, HoconScope scope)
    {
        if (scope.Directory is null)
        {
            throw new HoconException(statement.Origin, "a text that is not a file cannot include files");
        }

        if (statement.Name.Length == 0 || statement.Name.Contains('\0', StringComparison.Ordinal))
        {
            throw new HoconException(statement.Origin, "the included file's name is empty or has a zero character");
        }

        ObjectNode? merged = null;
        foreach (var name in CandidateNames(statement))
        {
            var shown = Path.Combine(Path.GetDirectoryName(scope.File) ?? string.Empty, name);
            var path = Path.Combine(scope.Directory, name);
            if (Read(path, shown, scope.Prefix, scope.Nesting, statement.Origin) is { } included)
            {
                merged ??= new ObjectNode(included.Origin);
                merged.Merge(included);
            }
        }

        return merged is null && statement.IsRequired
            ? throw new HoconException(statement.Origin, $"the required file '{statement.Name}' does not exist")
            : merged;
    }

    // A name without extension stands for the JSON and the HOCON file of that name, the HOCON file winning.
    private static IEnumerable<string> CandidateNames(IncludeStatement statement) =>
        Path.GetExtension(statement.Name) switch
        {
            ".conf" or ".json" => [statement.Name],
            ".properties" => throw new HoconException(
                statement.Origin, "properties files cannot be included; write the settings as a .conf file"),
            _ => [$"{statement.Name}.json", $"{statement.Name}.conf"],
        };

    /// <summary>Reads a file; null when it does not exist.</summary>
    private ObjectNode? Read(string path, string shown, HoconPath prefix, int nesting, HoconOrigin reader)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        var fullPath = Path.GetFullPath(path);
        if (_open.Contains(fullPath, StringComparer.Ordinal))
        {
            throw new HoconException(reader, $"'{shown}' includes itself, directly or through other files");
        }

        if (_open.Count > HoconLimits.IncludeDepth)
        {
            throw new HoconException(reader, $"includes nest deeper than {HoconLimits.IncludeDepth} files");
        }

        if (++_files > HoconLimits.Files)
        {
            throw new HoconException(reader, $"the document includes more than {HoconLimits.Files} files");
        }

        _open.Add(fullPath);
        var scope = new HoconScope(shown, Path.GetDirectoryName(fullPath), prefix, nesting);
        var node = HoconParser.Parse(ReadText(fullPath, HoconOrigin.Of(shown)), scope, Include);
        _open.RemoveAt(_open.Count - 1);
        return node;
    }

    private static string ReadText(string fullPath, HoconOrigin origin)
    {
        var buffer = new byte[HoconLimits.FileBytes + 1];
        int length;
        try
        {
            using var stream = File.OpenRead(fullPath);
            length = stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new HoconException(origin, $"the file cannot be read: {e.Message}", e);
        }

        if (length > HoconLimits.FileBytes)
        {
            throw TooLong(origin);
        }

        try
        {
            return StrictUtf8.GetString(buffer, 0, length);
        }
        catch (DecoderFallbackException e)
        {
            var line = 1 + buffer.AsSpan(0, Math.Max(e.Index, 0)).Count((byte)'\n');
            throw new HoconException(origin with { Line = line, Column = 1 }, "the line is not valid UTF-8; save the file in that encoding", e);
        }
    }
}
