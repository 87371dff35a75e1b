@echo off
rem The launcher for Windows, by the rules of ./grotto: finds a JDK 25, builds Grotto once (and again after its sources
rem changed), runs it.
setlocal EnableExtensions DisableDelayedExpansion
set "GROTTO_HOME=%~dp0"
if "%GROTTO_HOME:~-1%"=="\" set "GROTTO_HOME=%GROTTO_HOME:~0,-1%"

rem Looks at GROTTO_JAVA_HOME, JAVA_HOME, the PATH and the folders where JDKs are usually put.
set "GROTTO_JDK="
call :jdk "%GROTTO_JAVA_HOME%"
call :jdk "%JAVA_HOME%"
for %%J in (javac.exe) do if not "%%~$PATH:J"=="" call :jdk "%%~dp$PATH:J.."
for %%R in ("%ProgramFiles%\Eclipse Adoptium" "%ProgramFiles%\Java" "%ProgramFiles%\Microsoft" "%ProgramFiles%\Zulu" "%ProgramFiles%\Amazon Corretto" "%ProgramFiles%\BellSoft" "%LOCALAPPDATA%\Programs\Eclipse Adoptium" "%USERPROFILE%\.jdks") do (
  for /f "delims=" %%D in ('dir /b /ad "%%~R" 2^>nul') do call :jdk "%%~R\%%D"
)
if not defined GROTTO_JDK (
  echo Grotto needs a JDK 25 or newer, and none was found: JAVA_HOME, PATH, Program Files and the usual folders. 1>&2
  echo Get one from https://adoptium.net, then set JAVA_HOME to its folder. 1>&2
  exit /b 6
)
set "JAVA_HOME=%GROTTO_JDK%"

rem What Java is told each time; a cache of what it learned before that does not fit is passed over in silence.
set "GROTTO_FLAGS=-XX:+UseParallelGC -XX:NewRatio=8 -XX:+UseCompactObjectHeaders -XX:TieredStopAtLevel=4 --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow -Dfile.encoding=UTF-8 -Xlog:aot*=off,cds*=off"
set "GROTTO_CODE=%GROTTO_HOME%\target\grotto.jar;%GROTTO_HOME%\target\lib\*"
set "GROTTO_LEARNED=%GROTTO_HOME%\target\grotto.aot"

set "GROTTO_STAMP=%GROTTO_HOME%\target\.built"
if not exist "%GROTTO_STAMP%" goto build
powershell -NoProfile -Command "$t = (Get-Item -LiteralPath $env:GROTTO_STAMP).LastWriteTimeUtc; $f = 'src\main', 'assets', 'pom.xml' | ForEach-Object { Get-ChildItem -Recurse -File -LiteralPath (Join-Path $env:GROTTO_HOME $_) }; if ($f | Where-Object { $_.LastWriteTimeUtc -gt $t }) { exit 3 }" >nul 2>nul
if not errorlevel 3 goto built
if errorlevel 4 goto built
:build
echo grotto: building once ^(mvnw package^) ... 1>&2
pushd "%GROTTO_HOME%"
call "%GROTTO_HOME%\mvnw.cmd" -q -B -DskipTests -Dmaven.test.skip=true package 1>&2
if errorlevel 1 (
  popd
  echo grotto: the build failed; see above. 1>&2
  exit /b 70
)
popd
rem What Java learns of a small cave makes every later start quicker; without it all works as well.
del "%GROTTO_LEARNED%" 2>nul
"%JAVA_HOME%\bin\java" %GROTTO_FLAGS% "-XX:AOTCacheOutput=%GROTTO_LEARNED%" -cp "%GROTTO_CODE%" org.grotto.cli.Rehearsal >nul 2>nul
if errorlevel 1 del "%GROTTO_LEARNED%" 2>nul
echo built> "%GROTTO_STAMP%"
:built

rem --memory SIZE is Java's heap, too; without it Java may take 70 % of the machine.
set "GROTTO_HEAP=-XX:MaxRAMPercentage=70"
set "GROTTO_SIZE="
set "GROTTO_TAKE="
:words
if [%1]==[] goto run
if defined GROTTO_TAKE set "GROTTO_SIZE=%~1"
set "GROTTO_TAKE="
if "%~1"=="--memory" set "GROTTO_TAKE=1"
for /f "tokens=1,2 delims==" %%A in ("%~1") do if "%%A"=="--memory" if not "%%B"=="" set "GROTTO_SIZE=%%B"
shift
goto words

:run
if not defined GROTTO_SIZE goto java
rem What is left of a size without its digits is nothing, m or g; else it is no size, and the command line says so in words.
set "GROTTO_UNIT="
for /f "delims=0123456789" %%U in ("%GROTTO_SIZE%") do set "GROTTO_UNIT=%%U"
if not defined GROTTO_UNIT set "GROTTO_HEAP=-Xmx%GROTTO_SIZE%"
if "%GROTTO_SIZE%"=="%GROTTO_UNIT%" goto java
if /i "%GROTTO_UNIT%"=="g" set "GROTTO_HEAP=-Xmx%GROTTO_SIZE%"
if /i "%GROTTO_UNIT%"=="m" set "GROTTO_HEAP=-Xmx%GROTTO_SIZE%"

rem Its words are UTF-8; the console's own code page comes back when it ends.
:java
set "GROTTO_PAGE="
for /f "tokens=2 delims=:." %%C in ('chcp 2^>nul') do set "GROTTO_PAGE=%%C"
if defined GROTTO_PAGE chcp 65001 >nul 2>nul
set "GROTTO_AOT=-XX:AOTMode=auto"
if exist "%GROTTO_LEARNED%" set "GROTTO_AOT=-XX:AOTCache=%GROTTO_LEARNED%"
"%JAVA_HOME%\bin\java" "%GROTTO_HEAP%" %GROTTO_FLAGS% "%GROTTO_AOT%" "-Dgrotto.home=%GROTTO_HOME%" %GROTTO_JAVA_OPTS% ^
  -cp "%GROTTO_CODE%" org.grotto.cli.Main %*
set "GROTTO_EXIT=%ERRORLEVEL%"
if defined GROTTO_PAGE chcp %GROTTO_PAGE% >nul 2>nul
exit /b %GROTTO_EXIT%

rem Takes the JDK in folder %1 if it is new enough and none was found before.
:jdk
if defined GROTTO_JDK exit /b 0
if "%~1"=="" exit /b 0
if not exist "%~1\bin\javac.*" exit /b 0
if not exist "%~1\release" exit /b 0
set "GROTTO_MAJOR=0"
for /f "usebackq tokens=1,2 delims==" %%K in ("%~1\release") do if "%%K"=="JAVA_VERSION" call :major "%%~L"
if %GROTTO_MAJOR% GEQ 25 set "GROTTO_JDK=%~f1"
exit /b 0

:major
for /f "tokens=1 delims=.-+" %%M in ("%~1") do set "GROTTO_MAJOR=%%M"
exit /b 0
