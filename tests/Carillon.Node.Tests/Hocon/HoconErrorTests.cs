using Carillon.Node.Hocon;

namespace Carillon.Node.Tests.Hocon;

/// <summary>What is wrong, and exactly where: file, line, column and a sentence.</summary>
public sealed class HoconErrorTests
{
    [Theory]
    [InlineData("[1]", "1:1: a configuration must be an object, not a list")]
    [InlineData("a = 1\n}", "2:1: this '}' closes nothing")]
    [InlineData("{ a = 1", "1:1: the '{' is not closed")]
    [InlineData("a {\n b = 1\n", "1:3: the '{' is not closed")]
    [InlineData("a = [1,\n2", "1:5: the '[' is not closed")]
    [InlineData("{ a = 1 } b", "1:11: expected the end of the file after the closing '}', found 'b'")]
    [InlineData("a = [1,2,,]", "1:10: expected a list element, found ','")]
    [InlineData("a = [,1]", "1:6: expected a list element, found ','")]
    [InlineData("a = 1,, b = 2", "1:7: expected a key, found ','")]
    [InlineData(", a = 1", "1:1: expected a key, found ','")]
    [InlineData("a = [1] 2 }", "1:9: a string cannot be joined with a list into one value")]
    [InlineData("a = ", "1:5: expected a value for 'a', found the end of the file")]
    [InlineData("a = }", "1:5: expected a value for 'a', found '}'")]
    [InlineData("a", "1:2: expected '=', ':', '+=' or '{' after the key 'a', found the end of the file")]
    [InlineData("a\nb = 1", "2:1: expected '=', ':', '+=' or '{' after the key 'a', found 'b'")]
    [InlineData("a = 1 b = 2", "1:9: expected a comma or a new line, found '='")]
    [InlineData("a = b: c", "1:6: expected a comma or a new line, found ':'; a text with ':' must be in double quotes")]
    [InlineData("a = { b = 1 } [2]", "1:15: a list cannot be joined with an object into one value")]
    [InlineData("a = x {}", "1:7: an object cannot be joined with a string into one value")]
    public void Structure_errors_name_the_position(string hocon, string message) => AssertFails(hocon, message);

    [Theory]
    [InlineData("a..b = 1", "1:1: a path may not begin or end with '.' or contain '..'; write an empty key as \"\"")]
    [InlineData(".a = 1", "1:1: a path may not begin or end with '.' or contain '..'; write an empty key as \"\"")]
    [InlineData("x = 1\n a. = 1",
        "2:2: a path may not begin or end with '.' or contain '..'; write an empty key as \"\"")]
    [InlineData("a = ${b.}", "1:7: a path may not begin or end with '.' or contain '..'; write an empty key as \"\"")]
    [InlineData("a = ${}", "1:7: expected a key, found '}'")]
    [InlineData("a = ${b", "1:8: expected '}' after '${b', found the end of the file")]
    [InlineData("a = ${?b\n}", "1:9: expected '}' after '${?b', found the end of the line")]
    [InlineData("a = ${${b}}", "1:7: expected a key, found '${'")]
    [InlineData("${a} = 1", "1:1: expected a key, found '${'")]
    [InlineData("a = ${B[0]}", "1:9: expected ']' after '${B[', found '0'")]
    [InlineData("a = ${B[]}", "1:5: ${B[]} is not defined, neither in the configuration nor as an environment variable; "
        + "if it may be missing, write ${?B[]}")]
    public void Path_errors_name_the_position(string hocon, string message) => AssertFails(hocon, message);

    [Theory]
    [InlineData("a = x@y", "1:6: '@' is not allowed in an unquoted string; put the text in double quotes")]
    [InlineData("a = MyApp.*", "1:11: '*' is not allowed in an unquoted string; put the text in double quotes")]
    [InlineData("a = $x", "1:5: '$' is not allowed in an unquoted string; put the text in double quotes")]
    [InlineData("a = 1 + 2", "1:7: '+' is not allowed in an unquoted string; put the text in double quotes")]
    [InlineData(@"a = b\c", @"1:6: '\' is not allowed in an unquoted string; put the text in double quotes")]
    [InlineData("\n\na = \"x", "3:5: the quoted string has no closing quote")]
    [InlineData("a = \"\"\"x\n\"\"", "1:5: the string opened with \"\"\" is not closed")]
    [InlineData("a = \"x\ny\"", "1:5: the quoted string is not closed on its line; for several lines quote with \"\"\"")]
    [InlineData("a = \"x\ty\"", "1:7: a quoted string may not contain a control character; write an escape such as \\t, "
        + "or quote with \"\"\"")]
    [InlineData(@"a = ""x\qy""",
        @"1:7: a backslash in a quoted string begins one of \"" \\ \/ \b \f \n \r \t \uXXXX; for the character itself write \\")]
    [InlineData(@"a = ""\u12g4""", @"1:6: \u must be followed by four hexadecimal digits")]
    [InlineData("a = \"\"\"1\n2\"\"\" @",
        "2:6: '@' is not allowed in an unquoted string; put the text in double quotes")]
    public void Text_errors_name_the_position(string hocon, string message) => AssertFails(hocon, message);

    [Theory]
    [InlineData("a = ${b}", "1:5: ${b} is not defined, neither in the configuration nor as an environment variable; "
        + "if it may be missing, write ${?b}")]
    [InlineData("\na = x ${b.\"c.d\"}",
        "2:7: ${b.\"c.d\"} is not defined, neither in the configuration nor as an environment variable; if it may be "
        + "missing, write ${?b.\"c.d\"}")]
    [InlineData("a = ${a}",
        "1:5: ${a} leads back to the value that it is part of, and nothing was assigned before that")]
    [InlineData("bar = ${foo}\nfoo = ${bar}",
        "2:7: ${bar} leads back to the value that it is part of, and nothing was assigned before that")]
    [InlineData("a = ${b}\nb = ${c}\nc = ${a}",
        "3:5: ${a} leads back to the value that it is part of, and nothing was assigned before that")]
    [InlineData("a = [ ${a} ]",
        "1:7: ${a} leads back to the value that it is part of, and nothing was assigned before that")]
    [InlineData("a { b = ${a} }", "1:3: the object is part of itself: a substitution in it refers to it")]
    [InlineData("a { b = [ ${a} ] }", "1:3: the object is part of itself: a substitution in it refers to it")]
    [InlineData("a { b = ${c} }\nc { d = ${a} }",
        "1:3: the object is part of itself: a substitution in it refers to it")]
    [InlineData("a = [1], b = x ${a}", "1:14: a string and a list cannot be joined into one value")]
    [InlineData("a { x = 1 }, b = [1] ${a}", "1:18: a list and an object cannot be joined into one value")]
    [InlineData("a = [1], b = ${a}\" \"${a}", "1:14: a list and a string cannot be joined into one value")]
    [InlineData("a = x\na += 1", "2:3: '+=' adds to a list, but the value so far is a string")]
    [InlineData("a { b = 1 }\na += 1", "2:3: '+=' adds to a list, but the value so far is an object")]
    [InlineData("a = null\na += 1", "2:3: '+=' adds to a list, but the value so far is null")]
    public void Substitution_errors_name_the_position(string hocon, string message) => AssertFails(hocon, message);

    [Fact]
    public void Nesting_up_to_the_limit_is_read_and_one_more_level_is_refused()
    {
        Assert.Equal(64, Json.Of($"a = {new string('[', 63)}{new string(']', 63)}").Count(c => c is '{' or '['));

        AssertFails(
            $"a = {new string('[', 64)}1", "1:69: values nest deeper than 64 levels");
        AssertFails(
            string.Join('.', Enumerable.Repeat("a", 65)) + " = 1", "1:131: values nest deeper than 64 levels");
    }

    [Fact]
    public void Nesting_through_substitutions_is_bounded()
    {
        var hocon = "a0 = 1\n" + string.Concat(Enumerable.Range(1, 70).Select(i => $"a{i} = [${{a{i - 1}}}]\n"));

        AssertFails(hocon, "66:7: values nest deeper than 64 levels");
    }

    [Fact]
    public void Values_that_multiply_through_substitutions_are_bounded()
    {
        AssertFails(
            "a0 = 1\n" + Doubling(40, "[${a}, ${a}]"), "20:7: the document has more than 1000000 values");
        AssertFails(
            "a0 = [1]\n" + Doubling(40, "${a} ${a}"), "21:7: the document has more than 1000000 values");
        AssertFails(
            "a0 = x\n" + Doubling(40, "${a}${a}"),
            "22:7: substitutions make the document too large: more than 4000000 steps");
    }

    [Fact]
    public void Empty_substitutions_that_multiply_cost_no_more_than_they_are_written()
    {
        var json = Json.Of("a0 = \"\"\n" + Doubling(60, "${a}${a}"));

        Assert.EndsWith("\"a60\":\"\"}", json, StringComparison.Ordinal);
    }

    [Fact]
    public void Chain_of_substitutions_is_bounded()
    {
        var hocon = string.Concat(Enumerable.Range(0, 5_000).Select(i => $"a{i} = ${{a{i + 1}}}\n"));

        AssertFails(hocon, "256:8: substitutions refer to one another through more than 256 values");
    }

    [Fact]
    public void Objects_merged_from_one_another_without_end_are_bounded()
    {
        // Asking for one field of every 50th keeps the evaluation shallow while the merged objects pile up.
        var chain = Enumerable.Range(1, 2_000).Select(i => $"o.a{i} = ${{o.a{i - 1}}} {{ k{i} = 1 }}\n");
        var questions = Enumerable.Range(1, 40).Select(i => $"q{i} = ${{?o.a{i * 50}.none}}\n");
        var hocon = string.Concat(questions) + "o.a0 { x = 1 }\n" + string.Concat(chain);

        AssertFails(hocon, "41:6: substitutions refer to one another through more than 256 values");
    }

    [Fact]
    public void Fields_that_all_refer_to_each_other_end_with_an_error()
    {
        var everyone = string.Concat(Enumerable.Range(0, 20).Select(i => $"${{?a{i}}}"));
        var hocon = string.Concat(Enumerable.Range(0, 20).Select(i => $"a{i} = {everyone}\n"));

        var error = Assert.Throws<HoconException>(() => Json.Of(hocon));
        Assert.Equal("substitutions make the document too large: more than 4000000 steps", error.Problem);
    }

    [Fact]
    public void Text_longer_than_the_limit_is_refused()
    {
        var comment = "#" + new string('x', 1024 * 1024 - 1);

        Assert.Equal("{}", Json.Of(comment));
        var error = Assert.Throws<HoconException>(() => Json.Of(comment + "x"));
        Assert.Equal("test.conf: the text is longer than 1048576 bytes", error.Message);
    }

    private static string Doubling(int count, string value) => string.Concat(Enumerable.Range(1, count)
        .Select(i => $"a{i} = {value.Replace("{a}", $"{{a{i - 1}}}", StringComparison.Ordinal)}\n"));

    private static void AssertFails(string hocon, string message)
    {
        var error = Assert.Throws<HoconException>(() => Json.Of(hocon));

        Assert.Equal($"test.conf:{message}", error.Message);
    }
}
