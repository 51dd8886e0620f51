namespace Carillon.Node.Tests.Hocon;

/// <summary>The syntax half of the HOCON specification, heading by heading: text and the JSON it stands for.</summary>
public sealed class HoconSyntaxTests
{
    [Theory]
    [InlineData("", "{}")]
    [InlineData("  \n\n# nothing\n", "{}")]
    [InlineData("{}", "{}")]
    [InlineData("\n { a : 1 } \n// end", """{"a":1}""")]
    [InlineData("a : 1", """{"a":1}""")]
    [InlineData("\uFEFFa = 1", """{"a":1}""")]
    [InlineData("""{"a":{"b":[1,2.5,-3e+7,true,false,null,"x"]}}""",
        """{"a":{"b":[1,2.5,-3e+7,true,false,null,"x"]}}""")]
    public void Root_braces_are_optional(string hocon, string json) => Assert.Equal(json, Json.Of(hocon));

    [Theory]
    [InlineData("a = 1 # x\nb = 2 // y", """{"a":1,"b":2}""")]
    [InlineData("# only\n// comments\na = 1", """{"a":1}""")]
    [InlineData("a = [ 1 # one\n 2 // two\n ]", """{"a":[1,2]}""")]
    [InlineData("""a = "# no // comment" """, """{"a":"# no // comment"}""")]
    [InlineData("a = b//c", """{"a":"b"}""")]
    [InlineData("a = b/c", """{"a":"b/c"}""")]
    [InlineData("a : # later\n 1", """{"a":1}""")]
    public void Comments_end_at_the_line_end(string hocon, string json) => Assert.Equal(json, Json.Of(hocon));

    [Theory]
    [InlineData("a=1", """{"a":1}""")]
    [InlineData("a:1", """{"a":1}""")]
    [InlineData("a{b=1}", """{"a":{"b":1}}""")]
    [InlineData("a {\n b = 1\n}", """{"a":{"b":1}}""")]
    [InlineData("a\n{ b = 1 }", """{"a":{"b":1}}""")]
    [InlineData("a =\n\n 1", """{"a":1}""")]
    [InlineData("""
        "a" {}
        """, """{"a":{}}""")]
    public void Keys_and_values_are_separated_by_colon_equals_or_a_brace(string hocon, string json) =>
        Assert.Equal(json, Json.Of(hocon));

    [Theory]
    [InlineData("a = [1,2,3,]", """{"a":[1,2,3]}""")]
    [InlineData("a = [1\n2\n3]", """{"a":[1,2,3]}""")]
    [InlineData("a = [\n1\n,\n2\n,\n]", """{"a":[1,2]}""")]
    [InlineData("a = 1, b = 2,", """{"a":1,"b":2}""")]
    [InlineData("{a = 1, b = 2,\n}", """{"a":1,"b":2}""")]
    [InlineData("a = 1\n, b = 2", """{"a":1,"b":2}""")]
    [InlineData("a = 1\r\nb = x\r\n", """{"a":1,"b":"x"}""")]
    [InlineData("a = []", """{"a":[]}""")]
    [InlineData("a = [[1], [2, [3]]]", """{"a":[[1],[2,[3]]]}""")]
    [InlineData("a = [{b = 1}\n{b = 2}]", """{"a":[{"b":1},{"b":2}]}""")]
    public void Commas_may_be_line_ends_and_may_trail(string hocon, string json) => Assert.Equal(json, Json.Of(hocon));

    [Theory]
    [InlineData("foo { a = 42 }, foo { b = 43 }", """{"foo":{"a":42,"b":43}}""")]
    [InlineData("foo { a = 42 }, foo = null, foo { b = 43 }", """{"foo":{"b":43}}""")]
    [InlineData("foo { a = 42 }, foo = 1, foo { b = 43 }", """{"foo":{"b":43}}""")]
    [InlineData("a = 1, a = 2", """{"a":2}""")]
    [InlineData("a = [1, 2], a = [3]", """{"a":[3]}""")]
    [InlineData("a { b { c = 1, d = 2 } }, a { b { d = 3 } }", """{"a":{"b":{"c":1,"d":3}}}""")]
    [InlineData("a { b = 1 }, a = x", """{"a":"x"}""")]
    [InlineData("a = 1, b = 2, a = 3", """{"a":3,"b":2}""")]
    public void Later_keys_win_and_objects_merge(string hocon, string json) => Assert.Equal(json, Json.Of(hocon));

    [Theory]
    [InlineData("a = foo", """{"a":"foo"}""")]
    [InlineData("a = truefoo", """{"a":"truefoo"}""")]
    [InlineData("a = footrue", """{"a":"footrue"}""")]
    [InlineData("a = 10.0bar", """{"a":"10.0bar"}""")]
    [InlineData("a = bar10.0", """{"a":"bar10.0"}""")]
    [InlineData("a = true", """{"a":true}""")]
    [InlineData("""a = "true" """, """{"a":"true"}""")]
    [InlineData("a = null", """{"a":null}""")]
    [InlineData("a = -1.5E-3", """{"a":-1.5E-3}""")]
    [InlineData("a = 1e+5", """{"a":1e+5}""")]
    [InlineData("a = 007", """{"a":"007"}""")]
    [InlineData("a = 1.", """{"a":"1."}""")]
    [InlineData("a = -", """{"a":"-"}""")]
    [InlineData("a = 200-299", """{"a":"200-299"}""")]
    [InlineData("a = 5s", """{"a":"5s"}""")]
    [InlineData("a = /usr/bin/env", """{"a":"/usr/bin/env"}""")]
    [InlineData("a = f(x)|g;h<i>~%'", """{"a":"f(x)|g;h<i>~%'"}""")]
    [InlineData("a = grüße", """{"a":"grüße"}""")]
    public void Unquoted_text_is_a_string_unless_it_is_a_JSON_word(string hocon, string json) =>
        Assert.Equal(json, Json.Of(hocon));

    [Theory]
    [InlineData(@"a = ""\"" \\ \/ \b\f\n\r\t \u0041\u00e9""", "{\"a\":\"\\\" \\\\ / \\b\\f\\n\\r\\t Aé\"}")]
    [InlineData("a = \"\"", """{"a":""}""")]
    [InlineData("a = \"\"\"x \"y\" \\n\n  z\"\"\"", """{"a":"x \"y\" \\n\n  z"}""")]
    [InlineData("a = \"\"\"foo\"\"\"\"\"", """{"a":"foo\"\""}""")]
    [InlineData("a = \"\"\"\"\"\"", """{"a":""}""")]
    [InlineData("a = \"\"\"1\n2\"\"\"\nb = 1", """{"a":"1\n2","b":1}""")]
    public void Quoted_strings_decode_JSON_escapes_and_triple_quotes_are_verbatim(string hocon, string json) =>
        Assert.Equal(json, Json.Of(hocon));

    [Theory]
    [InlineData("a =  foo bar  baz  ", """{"a":"foo bar  baz"}""")]
    [InlineData("a = true foo", """{"a":"true foo"}""")]
    [InlineData("a = null null", """{"a":"null null"}""")]
    [InlineData("a = 1 2", """{"a":"1 2"}""")]
    [InlineData("a = 1e5 x", """{"a":"1e5 x"}""")]
    [InlineData("""a = foo "bar" baz""", """{"a":"foo bar baz"}""")]
    [InlineData("""a = "foo""bar" """, """{"a":"foobar"}""")]
    [InlineData("""a = " "x" " """, """{"a":" x "}""")]
    [InlineData("a = x y # c", """{"a":"x y"}""")]
    [InlineData("a = [foo bar, baz]", """{"a":["foo bar","baz"]}""")]
    [InlineData("a = x\ty\u00A0z", "{\"a\":\"x\\ty\\u00A0z\"}")]
    [InlineData("a = [1, 2] [3]", """{"a":[1,2,3]}""")]
    [InlineData("a = [1][2]", """{"a":[1,2]}""")]
    [InlineData("a = {b = 1} {c = 2}", """{"a":{"b":1,"c":2}}""")]
    [InlineData("a = {b = 1} {b = 2}", """{"a":{"b":2}}""")]
    [InlineData("a {b = 1} {c = 2}", """{"a":{"b":1,"c":2}}""")]
    [InlineData("a = [ [1] [2], {b = 1} {c = 2} ]", """{"a":[[1,2],{"b":1,"c":2}]}""")]
    [InlineData("a = [ [1]\n[2] ]", """{"a":[[1],[2]]}""")]
    public void Values_side_by_side_are_joined(string hocon, string json) => Assert.Equal(json, Json.Of(hocon));

    [Theory]
    [InlineData("foo.bar : 42", """{"foo":{"bar":42}}""")]
    [InlineData("foo.bar.baz : 42", """{"foo":{"bar":{"baz":42}}}""")]
    [InlineData("a.x : 42, a.y : 43", """{"a":{"x":42,"y":43}}""")]
    [InlineData("a b c : 42", """{"a b c":42}""")]
    [InlineData("a b.c d : 42", """{"a b":{"c d":42}}""")]
    [InlineData("true : 42", """{"true":42}""")]
    [InlineData("3.14 : 42", """{"3":{"14":42}}""")]
    [InlineData("10.0foo : 42", """{"10":{"0foo":42}}""")]
    [InlineData("""foo"10.0" : 42""", """{"foo10.0":42}""")]
    [InlineData("""a."b.c".d : 42""", """{"a":{"b.c":{"d":42}}}""")]
    [InlineData("""a."".b : 42""", """{"a":{"":{"b":42}}}""")]
    [InlineData(""" "" : 42""", """{"":42}""")]
    [InlineData("a.b { c = 1 }, a.b.d = 2", """{"a":{"b":{"c":1,"d":2}}}""")]
    [InlineData("time-zone = x, max_jobs = y", """{"time-zone":"x","max_jobs":"y"}""")]
    [InlineData("a.b = 1, a = x, a.c = 2", """{"a":{"c":2}}""")]
    [InlineData("\"include\" = 1, a include = 2", """{"include":1,"a include":2}""")]
    [InlineData("a = include x, b = [include]", """{"a":"include x","b":["include"]}""")]
    public void Keys_are_paths(string hocon, string json) => Assert.Equal(json, Json.Of(hocon));
}
