using Carillon.Node.Hocon;

namespace Carillon.Node.Tests.Hocon;

/// <summary>Includes: what they merge, where they look, what stops them.</summary>
public sealed class HoconIncludeTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData("include \"x.conf\"")]
    [InlineData("include \"x\"")]
    [InlineData("include file(\"x.conf\")")]
    [InlineData("include required(\"x.conf\")")]
    [InlineData("include required(file(\"x\"))")]
    [InlineData("include required( file( \"x\" ) )")]
    [InlineData("include \"x.conf\",")]
    [InlineData("include \"x.conf\" # comment")]
    [InlineData("{ include \"x.conf\" }")]
    public void Include_takes_the_fields_of_the_file(string root)
    {
        _directory.Write("x.conf", "a = 1");

        Assert.Equal("""{"a":1}""", Load(root));
    }

    [Fact]
    public void Include_overrides_what_is_above_and_yields_to_what_is_below()
    {
        _directory.Write("x.conf", "a = 2, b = 2, o { x = 2 }");

        Assert.Equal(
            """{"a":2,"o":{"y":1,"x":2},"b":3}""", Load("a = 1, o { y = 1 }\ninclude \"x.conf\"\nb = 3"));
    }

    [Fact]
    public void Include_inside_an_object_puts_the_fields_there()
    {
        _directory.Write("x.conf", "p = 1");

        Assert.Equal("""{"a":{"b":{"p":1,"q":2}}}""", Load("a.b { include \"x.conf\", q = 2 }"));
    }

    [Fact]
    public void Substitution_in_an_included_file_looks_below_the_including_object_first_and_at_the_root_second()
    {
        _directory.Write("x.conf", "x = 10, y = ${x}, z = ${global}");

        Assert.Equal(
            """{"global":1,"a":{"x":42,"y":42,"z":1}}""",
            Load("global = 1\na { include \"x.conf\" }\na { x = 42 }"));
    }

    [Fact]
    public void Self_reference_in_an_included_file_looks_back_below_the_including_object()
    {
        _directory.Write("x.conf", "p = 1\np = ${p}2\nl += 1\nl += 2");

        Assert.Equal("""{"p":"other","a":{"p":"12","l":[1,2]}}""", Load("p = other\na { include \"x.conf\" }"));
    }

    [Fact]
    public void Substitution_in_a_nested_include_adds_up_the_paths()
    {
        _directory.Write("x.conf", "b { include \"y.conf\" }");
        _directory.Write("y.conf", "v = 1, w = ${v}");

        Assert.Equal("""{"v":9,"a":{"b":{"v":1,"w":1}}}""", Load("v = 9\na { include \"x.conf\" }"));
    }

    [Fact]
    public void Include_in_a_list_element_takes_the_fields_and_reads_substitutions_from_the_root()
    {
        _directory.Write("x.conf", "id = ${name}");

        Assert.Equal("""{"name":"n","jobs":[{"id":"n"}]}""", Load("name = n\njobs = [ { include \"x.conf\" } ]"));
    }

    [Fact]
    public void Include_in_a_list_element_of_an_included_file_reads_substitutions_as_that_file_does()
    {
        _directory.Write("x.conf", "name = n\njobs = [ { include \"y.conf\" } ]");
        _directory.Write("y.conf", "id = ${name}");

        Assert.Equal("""{"a":{"name":"n","jobs":[{"id":"n"}]}}""", Load("a { include \"x.conf\" }"));
    }

    [Fact]
    public void Included_file_reads_the_environment()
    {
        _directory.Write("x.conf", "h = ${HOST}");

        Assert.Equal(
            """{"a":{"h":"h1"}}""",
            Load("a { include \"x.conf\" }", name => name is "HOST" ? "h1" : null));
    }

    [Fact]
    public void Include_is_relative_to_the_including_file()
    {
        _directory.Write("sub/x.conf", "include \"y.conf\", include \"../z.conf\"");
        _directory.Write("sub/y.conf", "y = 1");
        _directory.Write("z.conf", "z = 2");

        Assert.Equal("""{"y":1,"z":2}""", Load("include \"sub/x.conf\""));
    }

    [Fact]
    public void Name_without_extension_reads_json_and_conf_and_conf_wins()
    {
        _directory.Write("x.json", """{ "a": 1, "b": 1 }""");
        _directory.Write("x.conf", "b = 2");

        Assert.Equal("""{"a":1,"b":2}""", Load("include \"x\""));
    }

    [Fact]
    public void Missing_file_is_empty()
    {
        Assert.Equal("""{"a":1}""", Load("include \"none.conf\", a = 1, include file(\"none\")"));
    }

    [Fact]
    public void Same_file_may_be_included_twice()
    {
        _directory.Write("x.conf", "p = 1");

        Assert.Equal("""{"a":{"p":1},"b":{"p":1}}""", Load("a { include \"x\" }, b { include \"x\" }"));
    }

    [Fact]
    public void Values_know_the_file_and_line_they_come_from()
    {
        _directory.Write("sub/x.conf", "\nb = 2");
        var root = _directory.Write("root.conf", "a = 1\ninclude \"sub/x.conf\"\nc = [\n ${b}, 4\n]");

        var leaves = HoconDocument.Load(root, _ => null).Leaves().Select(leaf => (
            leaf.Path, leaf.Value, File: Path.GetRelativePath(_directory.Path, leaf.Origin.File), leaf.Origin.Line));

        Assert.Equal(
            [
                ("a", "1", "root.conf", 1),
                ("b", "2", "sub/x.conf", 2),
                ("c.0", "2", "sub/x.conf", 2),
                ("c.1", "4", "root.conf", 4),
            ],
            leaves);
    }

    [Theory]
    [InlineData("include required(\"none.conf\")", "1:1: the required file 'none.conf' does not exist")]
    [InlineData("a {\n include required(file(\"none\")) }", "2:2: the required file 'none' does not exist")]
    [InlineData("include required(\".\")", "1:1: the required file '.' does not exist")]
    [InlineData("include url(\"http://127.0.0.1/x\")",
        "1:1: only files can be included: include \"name\" or file(\"name\")")]
    [InlineData("include classpath(\"x\")", "1:1: only files can be included: include \"name\" or file(\"name\")")]
    [InlineData("include \"x.properties\"",
        "1:1: properties files cannot be included; write the settings as a .conf file")]
    [InlineData("include x.conf",
        "1:15: expected a file name in double quotes after 'include' (quote 'include' to use it as a key), "
        + "found the end of the file")]
    [InlineData("include = 1",
        "1:9: expected a file name in double quotes after 'include' (quote 'include' to use it as a key), found '='")]
    [InlineData("include ${x}",
        "1:9: expected a file name in double quotes after 'include' (quote 'include' to use it as a key), found '${'")]
    [InlineData("include wanted(\"x\")",
        "1:1: an include is written as \"name\", file(\"name\"), required(\"name\") or required(file(\"name\"))")]
    [InlineData("include file(\"x\"", "1:1: the include must end with 1 ')'")]
    [InlineData("include required(file(\"x\")", "1:1: the include must end with 2 ')'")]
    [InlineData("include \"x\" y", "1:1: the include must end with 0 ')'")]
    [InlineData("include \"x\" \"y\"", "1:13: expected a comma or a new line, found \"y\"")]
    [InlineData("include \"\"", "1:1: the included file's name is empty or has a zero character")]
    [InlineData("include \"a\\u0000b\"", "1:1: the included file's name is empty or has a zero character")]
    public void Wrong_include_names_the_position(string root, string message)
    {
        var error = Assert.Throws<HoconException>(() => Load(root));

        Assert.Equal($"{_directory.PathOf("root.conf")}:{message}", error.Message);
    }

    [Fact]
    public void Error_in_an_included_file_names_that_file()
    {
        _directory.Write("sub/x.conf", "a = 1\nb = @");

        var error = Assert.Throws<HoconException>(() => Load("include \"sub/x.conf\""));

        Assert.Equal(_directory.PathOf("sub/x.conf"), error.Origin.File);
        Assert.Equal((2, 5), (error.Origin.Line, error.Origin.Column));
    }

    [Fact]
    public void File_that_includes_itself_is_an_error()
    {
        _directory.Write("x.conf", "\n include \"root\"");

        var error = Assert.Throws<HoconException>(() => Load("include \"x.conf\""));

        Assert.Equal(
            $"{_directory.PathOf("x.conf")}:2:2: '{_directory.PathOf("root.conf")}' includes itself, "
            + "directly or through other files",
            error.Message);
    }

    [Fact]
    public void Includes_nest_up_to_the_limit()
    {
        WriteChain(16);
        Assert.Equal("""{"end":1}""", Load("include \"1\""));

        WriteChain(17);
        var error = Assert.Throws<HoconException>(() => Load("include \"1\""));
        Assert.Equal("includes nest deeper than 16 files", error.Problem);
        Assert.Equal(_directory.PathOf("16.conf"), error.Origin.File);
    }

    [Fact]
    public void Includes_that_fan_out_are_bounded()
    {
        for (var i = 1; i <= 15; i++)
        {
            _directory.Write($"{i}.conf", $"a {{ include \"{i + 1}\" }}, b {{ include \"{i + 1}\" }}");
        }

        _directory.Write("16.conf", "x = 1");

        var error = Assert.Throws<HoconException>(() => Load("include \"1\""));
        Assert.Equal("the document includes more than 256 files", error.Problem);
    }

    [Fact]
    public void Nesting_counts_through_includes()
    {
        _directory.Write("x.conf", $"a = {new string('[', 61)}{new string(']', 61)}");

        var error = Assert.Throws<HoconException>(() => Load("p.q.r.s { include \"x\" }"));
        Assert.Equal("values nest deeper than 64 levels", error.Problem);
    }

    [Fact]
    public void Root_file_must_exist_be_small_and_be_UTF8()
    {
        var missing = _directory.PathOf("none.conf");
        var error = Assert.Throws<HoconException>(() => HoconDocument.Load(missing, _ => null));
        Assert.Equal($"{missing}: the file does not exist", error.Message);

        var large = _directory.Write("large.conf", new string('\n', 1024 * 1024 + 1));
        error = Assert.Throws<HoconException>(() => HoconDocument.Load(large, _ => null));
        Assert.Equal($"{large}: the text is longer than 1048576 bytes", error.Message);

        var latin1 = _directory.PathOf("latin1.conf");
        File.WriteAllBytes(latin1, [.. "a = 1\nb = "u8, 0xE9, .. "\n"u8]);
        error = Assert.Throws<HoconException>(() => HoconDocument.Load(latin1, _ => null));
        Assert.Equal($"{latin1}:2:1: the line is not valid UTF-8; save the file in that encoding", error.Message);
    }

    [Fact]
    public void Text_without_directory_may_not_include()
    {
        var error = Assert.Throws<HoconException>(() => HoconDocument.Parse("include \"x\"", "--set"));
        Assert.Equal("--set:1:1: a text that is not a file cannot include files", error.Message);

        _directory.Write("x.conf", "a = 1");
        Assert.Equal(
            """{"a":1}""",
            Json.Of(HoconDocument.Parse("include \"x\"", "text", includeDirectory: _directory.Path).Root));
    }

    private void WriteChain(int length)
    {
        for (var i = 1; i < length; i++)
        {
            _directory.Write($"{i}.conf", $"include \"{i + 1}\"");
        }

        _directory.Write($"{length}.conf", "end = 1");
    }

    private string Load(string root, Func<string, string?>? environment = null) => Json.Of(
        HoconDocument.Load(_directory.Write("root.conf", root), environment ?? (_ => null)).Root);
}
