using Carillon.Node.Hocon;

namespace Carillon.Node.Tests.Hocon;

public sealed class HoconDocumentTests
{
    private const string Text = """
        a { b = 1, "c.d" = [x, { e = null }] }
        n = [], o {}
        """;

    [Theory]
    [InlineData("a.b", "1")]
    [InlineData("a.\"c.d\"", """["x",{"e":null}]""")]
    [InlineData("n", "[]")]
    [InlineData("a.x", null)]
    [InlineData("a.b.c", null)]
    public void Find_walks_a_path(string path, string? json)
    {
        var value = HoconDocument.Parse(Text, "x.conf").Find(path);

        Assert.Equal(json, value is null ? null : Json.Of(value));
    }

    [Theory]
    [InlineData("", "path '':1:1: expected a key, found the end of the file")]
    [InlineData("a b = c", "path 'a b = c':1:5: expected the end of the path, found '='")]
    public void Find_refuses_what_is_no_path(string path, string message)
    {
        var error = Assert.Throws<HoconException>(() => HoconDocument.Parse(Text, "x.conf").Find(path));

        Assert.Equal(message, error.Message);
    }

    [Fact]
    public void Leaves_have_path_value_and_origin_in_document_order()
    {
        var leaves = HoconDocument.Parse(Text, "x.conf").Leaves().ToList();

        Assert.Equal(
            [
                ("a.b", "1", new HoconOrigin("x.conf", 1, 9)),
                ("a.\"c.d\".0", "x", new HoconOrigin("x.conf", 1, 21)),
                ("a.\"c.d\".1.e", null, new HoconOrigin("x.conf", 1, 30)),
            ],
            leaves);
    }

    [Fact]
    public void Value_from_the_environment_names_the_variable_as_origin()
    {
        var leaf = Assert.Single(HoconDocument.Parse("a = ${X}", "x.conf", _ => "v").Leaves());

        Assert.Equal(("a", "v", HoconOrigin.Of("environment variable X")), leaf);
    }

    [Theory]
    [InlineData("a = 1", HoconScalarKind.Number)]
    [InlineData("a = \"1\"", HoconScalarKind.Text)]
    [InlineData("a = true", HoconScalarKind.Boolean)]
    [InlineData("a = null", HoconScalarKind.Null)]
    [InlineData("a = 1 2", HoconScalarKind.Text)]
    [InlineData("b = 1, a = ${b}", HoconScalarKind.Number)]
    public void Scalar_keeps_its_type(string hocon, HoconScalarKind kind) =>
        Assert.Equal(kind, Assert.IsType<HoconScalar>(HoconDocument.Parse(hocon, "x.conf").Find("a")).Kind);
}
