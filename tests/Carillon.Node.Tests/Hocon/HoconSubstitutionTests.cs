namespace Carillon.Node.Tests.Hocon;

/// <summary>Substitutions as the HOCON specification and its examples describe them.</summary>
public sealed class HoconSubstitutionTests
{
    [Theory]
    [InlineData("a = 1, b = ${a}", """{"a":1,"b":1}""")]
    [InlineData("b = ${a}, a = 1", """{"b":1,"a":1}""")]
    [InlineData("a = true, b = [${a}]", """{"a":true,"b":[true]}""")]
    [InlineData("a = null, b = ${a}", """{"a":null,"b":null}""")]
    [InlineData("a.b.c = 1, d = ${a.b.c}", """{"a":{"b":{"c":1}},"d":1}""")]
    [InlineData("""a."x.y" = 1, b = ${a."x.y"}""", """{"a":{"x.y":1},"b":1}""")]
    [InlineData("""a = "${b}", b = 1""", """{"a":"${b}","b":1}""")]
    [InlineData("a = 1, b = ${a}, a = 2", """{"a":2,"b":2}""")]
    [InlineData("a { x = 1 }, b = ${a}, a { y = 2 }", """{"a":{"x":1,"y":2},"b":{"x":1,"y":2}}""")]
    [InlineData("a { x = 1 }, b = ${a}, b { x = 2 }", """{"a":{"x":1},"b":{"x":2}}""")]
    [InlineData("b { x = 2 }, b = ${a}, a { y = 1 }", """{"b":{"x":2,"y":1},"a":{"y":1}}""")]
    [InlineData("a = ${missing}, a = 1", """{"a":1}""")]
    public void Substitution_takes_the_final_value(string hocon, string json) => Assert.Equal(json, Json.Of(hocon));

    [Theory]
    [InlineData("a = cat, b = ${a} is my animal", """{"a":"cat","b":"cat is my animal"}""")]
    [InlineData("""a = cat, b = ${a}" is mine" """, """{"a":"cat","b":"cat is mine"}""")]
    [InlineData("a = 1, b = ${a}${a}", """{"a":1,"b":"11"}""")]
    [InlineData("a = 1, b = ${a}  ${a}", """{"a":1,"b":"1  1"}""")]
    [InlineData("a = 1.50, b = ${a}x", """{"a":1.50,"b":"1.50x"}""")]
    [InlineData("a = null, b = x${a}", """{"a":null,"b":"xnull"}""")]
    [InlineData("a = [1], b = ${a} [2]", """{"a":[1],"b":[1,2]}""")]
    [InlineData("a = [1], b = ${a} ${a}", """{"a":[1],"b":[1,1]}""")]
    [InlineData("a = [1], b = [0] ${a} [2]", """{"a":[1],"b":[0,1,2]}""")]
    [InlineData("a = {x = 1}, b = ${a} {y = 2}", """{"a":{"x":1},"b":{"x":1,"y":2}}""")]
    [InlineData("a = {x = 1}, b = {x = 0, z = 3} ${a}", """{"a":{"x":1},"b":{"x":1,"z":3}}""")]
    [InlineData(
        "generic { name = x, port = 1 }, east = ${generic} { name = east }",
        """{"generic":{"name":"x","port":1},"east":{"name":"east","port":1}}""")]
    public void Substitution_joins_like_any_value(string hocon, string json) => Assert.Equal(json, Json.Of(hocon));

    [Theory]
    [InlineData("a = ${?x}", "{}")]
    [InlineData("a = 1, a = ${?x}", """{"a":1}""")]
    [InlineData("a = [1, ${?x}, 2]", """{"a":[1,2]}""")]
    [InlineData("a = ${?x}foo", """{"a":"foo"}""")]
    [InlineData("a = ${?x} foo", """{"a":" foo"}""")]
    [InlineData("a = foo ${?x}", """{"a":"foo "}""")]
    [InlineData("a = ${?x}${?y}", "{}")]
    [InlineData("a = ${?x} [1]", """{"a":[1]}""")]
    [InlineData("a = {b = 1} ${?x}", """{"a":{"b":1}}""")]
    [InlineData("a { b = ${?x} }", """{"a":{}}""")]
    [InlineData("b = ${?a}, a = 1", """{"b":1,"a":1}""")]
    [InlineData("a = 1, b = ${?x}${a}", """{"a":1,"b":1}""")]
    [InlineData("a = x, b = ${?a.c}", """{"a":"x"}""")]
    public void Optional_substitution_without_value_vanishes(string hocon, string json) =>
        Assert.Equal(json, Json.Of(hocon));

    [Theory]
    [InlineData("path = a, path = ${path}\":x\"", """{"path":"a:x"}""")]
    [InlineData("path = [a], path = ${path} [b]", """{"path":["a","b"]}""")]
    [InlineData("a = ${?a}foo", """{"a":"foo"}""")]
    [InlineData("a = ${?a}", "{}")]
    [InlineData("a = 1, a = ${a}", """{"a":1}""")]
    [InlineData("a = 1, a = ${a}2, a = ${a}3", """{"a":"123"}""")]
    [InlineData("a.b.c = 1, a.b.c = ${a.b.c}2", """{"a":{"b":{"c":"12"}}}""")]
    [InlineData("a = 1, a = ${?a}foo${?a}", """{"a":"1foo1"}""")]
    [InlineData("a = 1, a = ${a}, a = 2", """{"a":2}""")]
    [InlineData("a = ${a}, a = 1", """{"a":1}""")]
    [InlineData("a = {b = 5}, a = ${a} {c = 6}", """{"a":{"b":5,"c":6}}""")]
    [InlineData("a = {b = 5}, a = ${a}, a = {c = 6}", """{"a":{"b":5,"c":6}}""")]
    [InlineData("a = {b = {c = 5}}, a = ${a.b}", """{"a":{"b":{"c":5},"c":5}}""")]
    [InlineData("foo { a { c = 1 } }, foo = ${foo.a}, foo { a = 2 }", """{"foo":{"a":2,"c":1}}""")]
    [InlineData("a = [1], a = [${a}, 2]", """{"a":[[1],2]}""")]
    [InlineData("a = 1, b = ${a}, a = ${b}", """{"a":1,"b":1}""")]
    [InlineData("a = 1, b = ${c}, c = ${a}, a = ${b}", """{"a":1,"b":1,"c":1}""")]
    [InlineData("a = 1, b = 2, a = ${b}, b = ${a}", """{"a":1,"b":1}""")]
    [InlineData("a = ${?b}foo, b = ${?a}", """{"a":"foo","b":"foo"}""")]
    [InlineData("base { p = 1, p = ${base.p}2 }, copy = ${base}", """{"base":{"p":"12"},"copy":{"p":"12"}}""")]
    [InlineData("a { p = 1, p = ${a.p}2 }, a = ${a} { q = 1 }", """{"a":{"p":"12","q":1}}""")]
    public void Self_reference_looks_back(string hocon, string json) => Assert.Equal(json, Json.Of(hocon));

    [Theory]
    [InlineData(
        "bar { foo = 42, baz = ${bar.foo} }", """{"bar":{"foo":42,"baz":42}}""")]
    [InlineData(
        "bar { foo = 42, baz = ${bar.foo} }, bar { foo = 43 }", """{"bar":{"foo":43,"baz":43}}""")]
    [InlineData(
        "bar { a = ${foo.d}, b = 1 }, bar.b = 3, foo { c = ${bar.b}, d = 2 }, foo.d = 4",
        """{"bar":{"a":4,"b":3},"foo":{"c":3,"d":4}}""")]
    [InlineData(
        "foo = ${base} { x = 1 }, base { y = ${foo.x} }", """{"foo":{"y":1,"x":1},"base":{"y":1}}""")]
    [InlineData("a { b = ${c}, d = 1 }, c = ${a.d}", """{"a":{"b":1,"d":1},"c":1}""")]
    [InlineData("a = ${b}, b { c = ${d} }, d = 1, x = ${a.c}", """{"a":{"c":1},"b":{"c":1},"d":1,"x":1}""")]
    [InlineData("a { x = 1 }, a { y = { z = ${a.x} } }", """{"a":{"x":1,"y":{"z":1}}}""")]
    public void Objects_may_refer_to_each_others_fields(string hocon, string json) =>
        Assert.Equal(json, Json.Of(hocon));

    [Theory]
    [InlineData("a += 1", """{"a":[1]}""")]
    [InlineData("a = [], a += 1", """{"a":[1]}""")]
    [InlineData("a = [1], a += 2, a += 3", """{"a":[1,2,3]}""")]
    [InlineData("a += 1, a = [2], a += 3", """{"a":[2,3]}""")]
    [InlineData("a { b = [1] }, a.b += 2", """{"a":{"b":[1,2]}}""")]
    [InlineData("a { b += 1 }, a { b += 2 }", """{"a":{"b":[1,2]}}""")]
    [InlineData("a += { b = 1 }, a += { b = 2 }", """{"a":[{"b":1},{"b":2}]}""")]
    [InlineData("a += [1], a += [2]", """{"a":[[1],[2]]}""")]
    [InlineData("a += foo bar", """{"a":["foo bar"]}""")]
    [InlineData("a = ${b}, a += 2, b = [1]", """{"a":[1,2],"b":[1]}""")]
    [InlineData("a = ${?b}, a += 2", """{"a":[2]}""")]
    [InlineData("a += ${?b}", """{"a":[]}""")]
    [InlineData("a += 1, b = ${a} [2]", """{"a":[1],"b":[1,2]}""")]
    [InlineData("a += 1, a = ${a} [2], a += 3", """{"a":[1,2,3]}""")]
    [InlineData("x = [ { a += 1, a += 2 } ]", """{"x":[{"a":[1,2]}]}""")]
    [InlineData("a = [1], a += 2, a { b = 3 }", """{"a":{"b":3}}""")]
    public void Plus_equals_adds_an_element(string hocon, string json) => Assert.Equal(json, Json.Of(hocon));

    [Theory]
    [InlineData("a = ${HOME}", """{"a":"/home/x"}""")]
    [InlineData("a = ${?HOME}/lib", """{"a":"/home/x/lib"}""")]
    [InlineData("a = ${PORT}", """{"a":"80"}""")]
    [InlineData("a = ${EMPTY}", """{"a":""}""")]
    [InlineData("a = ${?NONE}", "{}")]
    [InlineData("HOME = x, a = ${HOME}", """{"HOME":"x","a":"x"}""")]
    [InlineData("HOME = null, a = ${HOME}", """{"HOME":null,"a":null}""")]
    [InlineData("HOME = ${HOME}/y", """{"HOME":"/home/x/y"}""")]
    [InlineData("a = ${my.dotted}", """{"a":"d"}""")]
    [InlineData("a = ${LIST[]}", """{"a":["x","y"]}""")]
    [InlineData("a = [w] ${LIST[]}", """{"a":["w","x","y"]}""")]
    [InlineData("a = [w] ${?NONE[]}", """{"a":["w"]}""")]
    [InlineData("a = ${?NONE[]}", "{}")]
    [InlineData("LIST = [z], a = ${LIST[]}", """{"LIST":["z"],"a":["z"]}""")]
    public void Environment_is_the_fallback(string hocon, string json)
    {
        var variables = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["HOME"] = "/home/x",
            ["PORT"] = "80",
            ["EMPTY"] = string.Empty,
            ["LIST_0"] = "x",
            ["LIST_1"] = "y",
            ["LIST_3"] = "after a gap",
            ["my.dotted"] = "d",
        };

        Assert.Equal(json, Json.Of(hocon, variables.GetValueOrDefault));
    }

    [Fact]
    public void Thousands_of_appended_elements_need_no_deep_recursion()
    {
        var hocon = string.Concat(Enumerable.Range(0, 20_000).Select(i => $"a += {i}\n"));

        Assert.Equal(20_000, Json.Of(hocon).Count(c => c == ',') + 1);
    }
}
