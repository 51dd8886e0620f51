using System.Globalization;
using System.Text;

namespace Carillon.Node.Hocon.Syntax;

/// <summary>Reads one text into an <see cref="ObjectNode"/>. The syntax is that of the HOCON specification.</summary>
internal sealed class HoconParser
{
    private readonly HoconLexer _lexer;
    private readonly HoconScope _scope;
    private readonly Func<IncludeStatement, HoconScope, ObjectNode?> _include;
    private HoconToken _token;
    private int _nesting;

    // The path of the object being read. Null inside a list, whose elements have no path.
    private HoconPath? _path;

    private HoconParser(string text, HoconScope scope, Func<IncludeStatement, HoconScope, ObjectNode?> include)
    {
        _lexer = new HoconLexer(text, scope.File);
        _scope = scope;
        _include = include;
        _path = scope.Prefix;
        _nesting = scope.Nesting;
        _token = _lexer.Next();
    }

    /// <summary>Reads a whole file.</summary>
    /// <param name="text">The text.</param>
    /// <param name="scope">Where it is from.</param>
    /// <param name="include">Reads an included file; null when there is nothing to include.</param>
    /// <exception cref="HoconException">The text is not HOCON.</exception>
    public static ObjectNode Parse(
        string text, HoconScope scope, Func<IncludeStatement, HoconScope, ObjectNode?> include) =>
        new HoconParser(text, scope, include).ParseDocument();

    /// <summary>Reads a path expression such as <c>a."b.c".d</c>.</summary>
    /// <exception cref="HoconException">The text is not a path.</exception>
    public static HoconPath ParsePath(string text)
    {
        var scope = new HoconScope($"path '{text}'", null, HoconPath.Root, 0);
        var parser = new HoconParser(text, scope, (_, _) => null);
        var path = parser.ParsePath();
        return parser.Is(HoconTokenKind.End) ? path : throw parser.Unexpected("the end of the path");
    }

    private ObjectNode ParseDocument()
    {
        SkipNewlines();
        var root = new ObjectNode(_token.Origin);
        if (Is(HoconTokenKind.LeftBracket))
        {
            throw Error("a configuration must be an object, not a list");
        }

        if (!Take(HoconTokenKind.LeftBrace))
        {
            ParseItems(HoconTokenKind.End, root.Origin, () => ParseField(root));
            return root;
        }

        ParseItems(HoconTokenKind.RightBrace, root.Origin, () => ParseField(root));
        Advance();
        SkipNewlines();
        return Is(HoconTokenKind.End) ? root : throw Unexpected("the end of the file after the closing '}'");
    }

    /// <summary>Reads fields or elements up to the closing token, which stays the current one.</summary>
    private void ParseItems(HoconTokenKind closing, HoconOrigin opened, Action parseItem)
    {
        SkipNewlines();
        while (!Is(closing))
        {
            if (Is(HoconTokenKind.End))
            {
                var bracket = closing == HoconTokenKind.RightBrace ? "{" : "[";
                throw new HoconException(opened, $"the '{bracket}' is not closed");
            }

            parseItem();
            var onNewLine = SkipNewlines();
            if (Take(HoconTokenKind.Comma))
            {
                SkipNewlines();
            }
            else if (!onNewLine && !Is(closing) && !Is(HoconTokenKind.End))
            {
                throw Is(HoconTokenKind.Colon)
                    ? Error("expected a comma or a new line, found ':'; a text with ':' must be in double quotes")
                    : Unexpected("a comma or a new line");
            }
        }
    }

    private void ParseField(ObjectNode target)
    {
        if (_token is { Kind: HoconTokenKind.Unquoted, Text: "include" })
        {
            ParseInclude(target);
            return;
        }

        if (Is(HoconTokenKind.RightBrace))
        {
            throw Error("this '}' closes nothing");
        }

        var path = ParsePath();
        SkipNewlines();
        var outer = _path;
        _path = _path?.Append(path);
        Enter(path.Keys.Count);
        target.Assign(path, ParseAssigned(path));
        _nesting -= path.Keys.Count;
        _path = outer;
    }

    private HoconNode ParseAssigned(HoconPath path)
    {
        var origin = _token.Origin;
        switch (_token.Kind)
        {
            case HoconTokenKind.LeftBrace:
                return ParseValue(path);
            case HoconTokenKind.Colon or HoconTokenKind.Equals:
                Advance();
                SkipNewlines();
                return ParseValue(path);
            case HoconTokenKind.PlusEquals:
                Advance();
                SkipNewlines();
                return new AppendNode(ParseElement(), origin);
            default:
                throw Unexpected($"'=', ':', '+=' or '{{' after the key '{path}'");
        }
    }

    private HoconNode ParseValue(HoconPath path) =>
        ParseConcatenation() ?? throw Unexpected($"a value for '{path}'");

    private HoconNode ParseElement()
    {
        var outer = _path;
        _path = null;
        Enter(1);
        var element = ParseConcatenation() ?? throw Unexpected("a list element");
        _nesting--;
        _path = outer;
        return element;
    }

    private HoconNode? ParseConcatenation()
    {
        var parts = new List<HoconNode>();
        for (var token = _token; ParsePart() is { } part; token = _token)
        {
            if (parts.Count > 0)
            {
                RequireSameKind(parts, part);
                if (token.Blanks.Length > 0)
                {
                    parts.Add(new LiteralNode(HoconScalar.String(token.Blanks, token.Origin), isBlank: true));
                }
            }

            parts.Add(part);
        }

        return parts switch
        {
            [] => null,
            [var only] => only,
            _ => new ConcatenationNode(parts),
        };
    }

    // Found here already, so that a value which a later one hides is checked as well.
    private static void RequireSameKind(List<HoconNode> parts, HoconNode part)
    {
        var other = parts.Find(p => p is not (SubstitutionNode or LiteralNode { IsBlank: true }));
        if (other is not null && part is not SubstitutionNode && other.GetType() != part.GetType())
        {
            throw new HoconException(
                part.Origin, $"{KindName(part)} cannot be joined with {KindName(other)} into one value");
        }
    }

    private static string KindName(HoconNode node) => node switch
    {
        LiteralNode => "a string",
        ArrayNode => "a list",
        _ => "an object",
    };

    private HoconNode? ParsePart()
    {
        var token = _token;
        switch (token.Kind)
        {
            case HoconTokenKind.Quoted:
                Advance();
                return new LiteralNode(HoconScalar.String(token.Text, token.Origin));
            case HoconTokenKind.Unquoted:
                Advance();
                return new LiteralNode(HoconScalar.Unquoted(token.Text, token.Origin));
            case HoconTokenKind.SubstitutionStart:
                return ParseSubstitution();
            case HoconTokenKind.LeftBracket:
                return ParseArray();
            case HoconTokenKind.LeftBrace:
                return ParseObject();
            default:
                return null;
        }
    }

    private ArrayNode ParseArray()
    {
        var origin = _token.Origin;
        Advance();
        var items = new List<HoconNode>();
        ParseItems(HoconTokenKind.RightBracket, origin, () => items.Add(ParseElement()));
        Advance();
        return new ArrayNode(items, origin);
    }

    private ObjectNode ParseObject()
    {
        var node = new ObjectNode(_token.Origin);
        Advance();
        ParseItems(HoconTokenKind.RightBrace, node.Origin, () => ParseField(node));
        Advance();
        return node;
    }

    private SubstitutionNode ParseSubstitution()
    {
        var start = _token;
        Advance();
        var path = ParsePath();
        var isList = Take(HoconTokenKind.LeftBracket);
        if (isList && !Take(HoconTokenKind.RightBracket))
        {
            throw Unexpected($"']' after '{start.Text}{path}['");
        }

        if (!Take(HoconTokenKind.RightBrace))
        {
            throw Unexpected($"'}}' after '{start.Text}{path}'");
        }

        var isOptional = string.Equals(start.Text, "${?", StringComparison.Ordinal);
        return new SubstitutionNode(path, _scope.Prefix, start.Origin) { IsOptional = isOptional, IsList = isList };
    }

    private HoconPath ParsePath()
    {
        if (!Is(HoconTokenKind.Unquoted) && !Is(HoconTokenKind.Quoted))
        {
            throw Unexpected("a key");
        }

        var path = new PathBuilder(_token.Origin);
        for (var isFirst = true; Is(HoconTokenKind.Unquoted) || Is(HoconTokenKind.Quoted); isFirst = false)
        {
            if (!isFirst)
            {
                path.AddBlanks(_token.Blanks);
            }

            if (Is(HoconTokenKind.Quoted))
            {
                path.AddQuoted(_token.Text);
            }
            else
            {
                path.AddUnquoted(_token.Text);
            }

            Advance();
        }

        return path.ToPath();
    }

    private void ParseInclude(ObjectNode target)
    {
        var origin = _token.Origin;
        Advance();
        var opening = ReadUnquoted();
        if (!Is(HoconTokenKind.Quoted))
        {
            throw Unexpected("a file name in double quotes after 'include' (quote 'include' to use it as a key)");
        }

        var name = _token.Text;
        Advance();
        var closing = ReadUnquoted();
        var isRequired = opening switch
        {
            "" or "file(" => false,
            "required(" or "required(file(" => true,
            "url(" or "classpath(" or "package(" or "required(url(" or "required(classpath(" or "required(package(" =>
                throw new HoconException(origin, "only files can be included: include \"name\" or file(\"name\")"),
            _ => throw new HoconException(
                origin, "an include is written as \"name\", file(\"name\"), required(\"name\") or "
                + "required(file(\"name\"))"),
        };
        var parentheses = opening.Count(c => c == '(');
        if (!string.Equals(closing, new string(')', parentheses), StringComparison.Ordinal))
        {
            throw new HoconException(
                origin,
                string.Create(CultureInfo.InvariantCulture, $"the include must end with {parentheses} ')'"));
        }

        // A list element has no path, so a file included in a list reads its substitutions as the including file does.
        var scope = _scope with { Prefix = _path ?? _scope.Prefix, Nesting = _nesting };
        if (_include(new IncludeStatement(name, isRequired, origin), scope) is { } included)
        {
            target.Merge(included);
        }
    }

    private string ReadUnquoted()
    {
        var text = new StringBuilder();
        for (; Is(HoconTokenKind.Unquoted); Advance())
        {
            text.Append(_token.Text);
        }

        return text.ToString();
    }

    private void Enter(int levels)
    {
        _nesting += levels;
        if (_nesting > HoconLimits.Nesting)
        {
            throw Error($"values nest deeper than {HoconLimits.Nesting} levels");
        }
    }

    private bool Is(HoconTokenKind kind) => _token.Kind == kind;

    private bool Take(HoconTokenKind kind)
    {
        if (!Is(kind))
        {
            return false;
        }

        Advance();
        return true;
    }

    private bool SkipNewlines()
    {
        var any = false;
        while (Take(HoconTokenKind.Newline))
        {
            any = true;
        }

        return any;
    }

    private void Advance() => _token = _lexer.Next();

    private HoconException Unexpected(string expected) => Error($"expected {expected}, found {_token.Description}");

    private HoconException Error(string problem) => new(_token.Origin, problem);
}
