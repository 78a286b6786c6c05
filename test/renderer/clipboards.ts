// HTML as Excel and LibreOffice Calc put it on the clipboard: their heads, styles and odd ways, with values of ours.
// Excel's is written by hand after its form, because Excel does not run where these tests are made; Calc's is captured.
import { readFileSync } from 'node:fs';
import path from 'node:path';

const EXCEL_HEAD = `<html xmlns:v="urn:schemas-microsoft-com:vml"
xmlns:o="urn:schemas-microsoft-com:office:office"
xmlns:x="urn:schemas-microsoft-com:office:excel"
xmlns="http://www.w3.org/TR/REC-html40">

<head>
<meta http-equiv=Content-Type content="text/html; charset=utf-8">
<meta name=ProgId content=Excel.Sheet>
<meta name=Generator content="Microsoft Excel 15">
<link id=Main-File rel=Main-File
href="file:///C:/Users/user/AppData/Local/Temp/msohtmlclip1/01/clip.htm">
<link rel=File-List
href="file:///C:/Users/user/AppData/Local/Temp/msohtmlclip1/01/clip_filelist.xml">
<style>
<!--table
	{mso-displayed-decimal-separator:"\\.";
	mso-displayed-thousand-separator:"\\,";}
@page
	{margin:.75in .7in .75in .7in;
	mso-header-margin:.3in;
	mso-footer-margin:.3in;}
td
	{padding-top:1px;
	padding-right:1px;
	mso-ignore:padding;
	color:black;
	font-size:11.0pt;
	font-family:游ゴシック, monospace;
	mso-font-charset:128;
	mso-number-format:General;
	vertical-align:middle;
	white-space:nowrap;
	mso-rotate:0;}
.xl65
	{mso-number-format:"\\#\\,\\#\\#0";}
.xl66
	{white-space:normal;}
ruby
	{ruby-align:left;}
-->
</style>
</head>

<body link="#0563C1" vlink="#954F72">
`;

export const excel = (rows: string): string => `${EXCEL_HEAD}
<table border=0 cellpadding=0 cellspacing=0 width=288 style='border-collapse:
 collapse;width:216pt'>
<!--StartFragment-->
 <col width=72 span=4 style='width:54pt'>
${rows}
<!--EndFragment-->
</table>

</body>

</html>
`;

export const EXCEL_NUMBERS = excel(` <tr height=25 style='height:18.75pt'>
  <td height=25 class=xl65 align=right width=72 style='height:18.75pt;width:54pt'>60,564</td>
  <td class=xl65 align=right width=72 style='width:54pt'>58,210</td>
  <td align=right width=72 style='width:54pt'>▲12.5</td>
 </tr>
 <tr height=25 style='height:18.75pt'>
  <td height=25 style='height:18.75pt'>2,2948</td>
  <td align=right>1.2091</td>
  <td></td>
 </tr>`);

export const EXCEL_MERGED = excel(` <tr height=25 style='mso-height-source:userset;height:18.75pt'>
  <td rowspan=2 height=50 class=xl66 width=72 style='height:37.5pt;width:54pt'>移住相談の<br>
    件数</td>
  <td colspan=2 class=xl66 width=144 style='width:108pt'>窓口と<br style='mso-data-placement:same-cell;'>
    オンラインの計</td>
  <td width=72 style='width:54pt'>件</td>
 </tr>
 <tr height=25 style='height:18.75pt'>
  <td height=25 align=right style='height:18.75pt'>1,187</td>
  <td align=right>1,356</td>
  <td>回<span style='mso-spacerun:yes'>&nbsp;&nbsp;</span>分</td>
 </tr>`);

export const EXCEL_HIDDEN = excel(` <tr height=25 style='height:18.75pt'>
  <td height=25 align=right style='height:18.75pt'>1</td>
  <td style='display:none'>隠した列</td>
  <td>a</td>
 </tr>
 <tr height=0 style='display:none'>
  <td align=right>2</td>
  <td style='display:none'></td>
  <td>隠した行</td>
 </tr>
 <tr height=25 style='height:18.75pt'>
  <td height=25 align=right style='height:18.75pt'>3</td>
  <td style='display:none'></td>
  <td>c</td>
 </tr>`);

export const EXCEL_HEADED = excel(` <tr height=25 style='height:18.75pt'>
  <td height=25 style='height:18.75pt'>施策の事業費</td>
  <td>2022年度<br>
    決算</td>
  <td>2021年度決算</td>
  <td>2019年度決算</td>
 </tr>
 <tr height=25 style='height:18.75pt'>
  <td height=25 style='height:18.75pt'>施策事業費（千円）</td>
  <td align=right>14,010</td>
  <td align=right>13,905</td>
  <td align=right>11,111</td>
 </tr>`);

/**
 * What LibreOffice Calc 7.4.7 really put on the clipboard of a Linux desktop, byte for byte: `headed` is a table with its
 * headings, `merged` has merged cells, line breaks and ▲, `numbers` has full-width digits, and in `shown` what is stored
 * is more than what is shown.
 */
export const fromCalc = (name: 'headed' | 'merged' | 'numbers' | 'shown'): { html: string; text: string } => {
  const read = (kind: string) =>
    readFileSync(path.join(import.meta.dirname, '../vectors/calc', `${name}.${kind}`), 'utf8');
  return { html: read('html'), text: read('txt') };
};
