@echo off
rem Starts the kit on Windows: wstck.jar beside this file, or the jar that Maven has built in a checkout.
setlocal
set "jar=%~dp0wstck.jar"
if not exist "%jar%" set "jar=%~dp0tck\cli\target\wstck.jar"
if not exist "%jar%" goto missing
set "java=java"
if defined JAVA_HOME set "java=%JAVA_HOME%\bin\java"
set TESTCONTAINERS_RYUK_DISABLED=true
set TESTCONTAINERS_HOST_OVERRIDE=localhost
"%java%" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xms512m -Xmn400m -XX:ReservedCodeCacheSize=160m "-Dwstck.command=%~f0" -jar "%jar%" %*
exit /b %errorlevel%
:missing
echo wstck: expected wstck.jar in %~dp0 or in tck\cli\target below it, found none; in a checkout, mvn -B -Dmaven.test.skip=true package builds it 1>&2
exit /b 2
